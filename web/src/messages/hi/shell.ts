/** The words of the shell and of the home: the part of the Hindi catalogue that every reader loads. */
import app from './app.json';
import common from './common.json';
import connection from './connection.json';
import demo from './demo.json';
import errors from './errors.json';
import footer from './footer.json';
import home from './home.json';
import nav from './nav.json';
import notFound from './not-found.json';
import project from './project.json';
import seats from './seats.json';
import shortcuts from './shortcuts.json';
import verify from './verify.json';

export const messages = {
  app,
  common,
  connection,
  demo,
  errors,
  footer,
  home,
  nav,
  notFound,
  project,
  seats,
  shortcuts,
  verify,
};
