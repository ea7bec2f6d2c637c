import { defineRule } from '../src/lint/rule.js';

/** Reported by the run itself: such a file has no resources that a rule could look at. */
export const templateUnreadable = defineRule({
  id: 'template-unreadable',
  severity: 'error',
  on: 'file',
  summary: 'A template that mentions an AgentCore type cannot be read, or is past a stated limit.',
  rationale: 'What cannot be read cannot be checked, and a silent pass would look like a clean one.',
  remedy:
    'Fix the place that the message names. A file past a limit can be split, as CloudFormation has limits of its own.',
  sources: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  ],
  messages: {
    unreadable: {
      consequence: null,
      message: 'The text cannot be read: {reason}.',
      help: 'Fix the text here; nothing in this file was checked.',
    },
    unreadableFile: {
      consequence: null,
      message: 'The file cannot be read: {reason}.',
      help: 'See to it that the file exists and may be read; nothing in it was checked.',
    },
  },
  runReports: 'unreadable',
  check: {},
});
