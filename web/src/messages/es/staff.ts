/** The words of administration, and of the gallery for who builds the pages. */
import admin from './admin.json';
import gallery from './gallery.json';

export const messages = { admin, gallery };
