export { messages } from '../en/shell.ts';
