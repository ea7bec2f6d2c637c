/**
 * The call itself is wrong: an unknown option, a file that does not exist, a bad configuration. The message is one
 * sentence for the user, without a final full stop, that names what is wrong. The command line ends with status 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
