// Where the styles of the page are written: into one sheet that carries the nonce of the page's policy.
import createCache from '@emotion/cache';

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';

export const styles = createCache({ key: 'k', ...(nonce === '' ? {} : { nonce }), prepend: true });
