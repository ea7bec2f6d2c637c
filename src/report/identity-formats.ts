/** The forms of the table of who calls whom as whom. */
export const IDENTITY_FORMATS = ['pretty', 'markdown', 'csv', 'json'] as const;
export type IdentityFormat = (typeof IDENTITY_FORMATS)[number];
