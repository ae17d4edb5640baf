/** The Hindi catalogue: the part of every page but the home. */
import apply from './apply.json';
import auth from './auth.json';
import availability from './availability.json';
import combobox from './combobox.json';
import drafts from './drafts.json';
import explore from './explore.json';
import fields from './fields.json';
import match from './match.json';
import moves from './moves.json';
import owner from './owner.json';
import palette from './palette.json';
import person from './person.json';
import reach from './reach.json';
import refusals from './refusals.json';
import requests from './requests.json';
import skills from './skills.json';
import team from './team.json';

export const messages = {
  apply,
  auth,
  availability,
  combobox,
  drafts,
  explore,
  fields,
  match,
  moves,
  owner,
  palette,
  person,
  reach,
  refusals,
  requests,
  skills,
  team,
};
