/** The Hindi catalogue: the pages’ part, which every page but the home loads beside `shell.ts`. */
import admin from './admin.json';
import apply from './apply.json';
import auth from './auth.json';
import availability from './availability.json';
import combobox from './combobox.json';
import drafts from './drafts.json';
import explore from './explore.json';
import fields from './fields.json';
import gallery from './gallery.json';
import match from './match.json';
import moves from './moves.json';
import onboarding from './onboarding.json';
import owner from './owner.json';
import palette from './palette.json';
import person from './person.json';
import projectForm from './project-form.json';
import reach from './reach.json';
import refusals from './refusals.json';
import requests from './requests.json';
import settings from './settings.json';
import settingsProfile from './settings-profile.json';
import skills from './skills.json';
import team from './team.json';
import work from './work.json';

export const messages = {
  admin,
  apply,
  auth,
  availability,
  combobox,
  drafts,
  explore,
  fields,
  gallery,
  match,
  moves,
  onboarding,
  owner,
  palette,
  person,
  projectForm,
  reach,
  refusals,
  requests,
  settings,
  settingsProfile,
  skills,
  team,
  work,
};
