/** The English catalogue, one file for each namespace. It is the source: its keys and arguments are the others' law. */
import admin from './admin.json';
import app from './app.json';
import apply from './apply.json';
import auth from './auth.json';
import availability from './availability.json';
import combobox from './combobox.json';
import common from './common.json';
import demo from './demo.json';
import drafts from './drafts.json';
import errors from './errors.json';
import explore from './explore.json';
import fields from './fields.json';
import footer from './footer.json';
import home from './home.json';
import match from './match.json';
import moves from './moves.json';
import nav from './nav.json';
import notFound from './not-found.json';
import onboarding from './onboarding.json';
import owner from './owner.json';
import person from './person.json';
import project from './project.json';
import projectForm from './project-form.json';
import reach from './reach.json';
import requests from './requests.json';
import seats from './seats.json';
import settings from './settings.json';
import shortcuts from './shortcuts.json';
import skills from './skills.json';
import team from './team.json';
import verify from './verify.json';
import work from './work.json';

export const messages = {
  admin,
  app,
  apply,
  auth,
  availability,
  combobox,
  common,
  demo,
  drafts,
  errors,
  explore,
  fields,
  footer,
  home,
  match,
  moves,
  nav,
  notFound,
  onboarding,
  owner,
  person,
  project,
  projectForm,
  reach,
  requests,
  seats,
  settings,
  shortcuts,
  skills,
  team,
  verify,
  work,
};
