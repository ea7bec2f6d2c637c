import { defineRule } from '../src/lint/rule.js';

/** Reported by the run itself: a suppression is part of the text, not of a resource. */
export const invalidSuppression = defineRule({
  id: 'invalid-suppression',
  severity: 'warning',
  on: 'file or resource',
  summary: 'A suppression names no known rule, or cannot be read.',
  rationale: 'A suppression with a slip in it silences nothing, and its author believes that it does.',
  remedy: 'Write the id of a rule as `cfn-tx-lint rules` lists it.',
  sources: [],
  messages: {
    invalid: {
      consequence: null,
      message: '{problem}',
      help: 'Write it in a form that counts, with the id of a rule that `cfn-tx-lint rules` lists, or remove it.',
    },
    unused: {
      consequence: null,
      message: 'This suppression of {rule} silences nothing.',
      help: 'Remove it, so that it does not silence what somebody writes later.',
    },
    unusedOverride: {
      consequence: null,
      message: 'This override turns {rule} off for {files}, where it finds nothing.',
      help: 'Remove {rule} from it, so that it does not silence what somebody writes later.',
    },
  },
  runReports: 'suppression',
  check: {},
});
