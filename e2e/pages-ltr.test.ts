/** Every page in a language that runs from left to right. */
import { walkEveryPage } from './every-page.ts';

walkEveryPage('en');
