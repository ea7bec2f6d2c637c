/**
 * What comes of a fault when nobody mends it: the deployment is refused; it succeeds, and calls of the tool fail; calls
 * work, but not as the user; or a secret can be read.
 */
export const CONSEQUENCES = ['deployment-fails', 'calls-fail', 'identity-lost', 'secret-exposed'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

export interface ConsequenceFact {
  /** A clause for the pages of rules. */
  readonly words: string;
  /**
   * How severe it is for the security of what is deployed, from 0.1 to 10 (SARIF's `security-severity`, which GitHub
   * reads as critical over 9, high from 7, medium from 4, low below).
   */
  readonly securitySeverity: number;
}

export const consequenceFacts: Readonly<Record<Consequence, ConsequenceFact>> = {
  'deployment-fails': { words: 'the deployment fails', securitySeverity: 2 },
  'calls-fail': { words: 'it deploys, and calls fail', securitySeverity: 4.3 },
  'identity-lost': {
    words: "calls run as somebody else, and the user's identity is lost without an error",
    securitySeverity: 8.1,
  },
  'secret-exposed': { words: 'a secret can be read by those who should not', securitySeverity: 7.5 },
};
