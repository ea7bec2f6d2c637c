/// <reference lib="dom" />

type Theme = 'light' | 'dark';

const KEY = 'cfn-tx-lint-theme';

/** Makes a button switch between light and dark; without a choice the page follows the system. */
export function startTheme(button: HTMLButtonElement): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let chosen = readChoice();
  const apply = (): void => {
    if (chosen === null) document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = chosen;
    const current = chosen ?? (dark.matches ? 'dark' : 'light');
    button.setAttribute('aria-label', `Change to the ${current === 'dark' ? 'light' : 'dark'} theme`);
  };
  const toggle = (): void => {
    const system: Theme = dark.matches ? 'dark' : 'light';
    const next: Theme = (chosen ?? system) === 'dark' ? 'light' : 'dark';
    // Back at the system's theme, the page follows it again.
    chosen = next === system ? null : next;
    keepChoice(chosen);
    apply();
  };
  button.addEventListener('click', toggle);
  dark.addEventListener('change', apply);
  apply();
}

/** A page opened from a file may be refused all storage. */
function readChoice(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}

function keepChoice(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}
