/**
 * The form of a catalogue entry: one text in both languages, side by side, so that neither is forgotten. English may
 * give a form for one and for others (chosen by the parameter `count`); Chinese needs no such thing.
 */
interface EnglishForms {
  readonly one: string;
  readonly other: string;
}

interface Word {
  readonly 'zh-CN': string;
  readonly en: string | EnglishForms;
}

/** Entries of one area, each key beginning with the area: `case.title`. Placeholders are written `{{name}}`. */
export type WordArea = Readonly<Record<string, Word>>;
