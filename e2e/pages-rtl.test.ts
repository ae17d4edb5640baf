/** Every page in a language that runs from right to left. */
import { walkEveryPage } from './every-page.ts';

walkEveryPage('ar');
