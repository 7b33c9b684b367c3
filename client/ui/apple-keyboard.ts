/** Whether keys have the names of Apple's keyboards here: ⌘ where others have Ctrl. Asked when keys are shown, never to decide which count. */
export function hasAppleKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
