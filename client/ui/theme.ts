/**
 * The component library's theme in our colours: one accent, few sizes, system fonts with good Chinese ones, short motion.
 * Colours with meaning are CSS variables in base.css; here is only what the library's own parts need.
 */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const FONTS =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** Shade 7 is the accent on white, shade 4 the accent on dark. */
const brand: MantineColorsTuple = [
  '#e6f0f7',
  '#cfe2ef',
  '#b0d0e6',
  '#8ec1e3',
  '#6cb2e0',
  '#4a93c3',
  '#2f77a6',
  '#1f5f8b',
  '#184c70',
  '#113a56',
];
const bad: MantineColorsTuple = [
  '#fbeae8',
  '#f6d3cf',
  '#f1b8b1',
  '#eda197',
  '#ea8a80',
  '#d8665a',
  '#c54b3f',
  '#b3362b',
  '#922b22',
  '#71211a',
];
/** Text, then surfaces down to the ground. */
const dark: MantineColorsTuple = [
  '#e4e8ec',
  '#c3cad1',
  '#9aa5b1',
  '#7f8a96',
  '#3a424a',
  '#2d333a',
  '#1c2025',
  '#15181c',
  '#111417',
  '#0d0f12',
];

/** The library picks the words on a filled button by the light scheme alone; on dark the fill is light. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colours, color: 'var(--on-filled)' } : colours;
};

export const theme = createTheme({
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: '650' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.5', sm: '1.6', md: '1.6', lg: '1.6', xl: '1.5' },
  defaultRadius: 6,
  colors: { brand, bad, dark },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  variantColorResolver,
  respectReducedMotion: true,
  cursorType: 'pointer',
  black: '#1d2329',
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { root: { height: 32, paddingInline: 12, fontWeight: 500 } } },
    ActionIcon: { defaultProps: { size: 32, variant: 'subtle', color: 'gray' } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120 }, padding: 'lg' },
      styles: { title: { fontWeight: 650, fontSize: 16 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'sm', withinPortal: true } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'sm', withinPortal: true } },
    // What fits what one types is marked, and Enter takes it; without that the Enter would send the form.
    Select: { defaultProps: { selectFirstOptionOnChange: true } },
    MultiSelect: { defaultProps: { selectFirstOptionOnChange: true } },
    // At once: its own 200 ms are longer than anything here may move.
    SegmentedControl: { defaultProps: { transitionDuration: 0 }, styles: { label: { fontWeight: 400 } } },
  },
});

/** The library's own words in our colours, which have the contrast. */
const words = {
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-anchor': 'var(--brand)',
};
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...words, '--on-filled': '#fff' },
  dark: { ...words, '--on-filled': '#0d1a24' },
});
