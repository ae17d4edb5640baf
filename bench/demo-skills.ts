/** Skills of the bulk documents, the most popular first; each is one plain word. */
export const bulkSkillNames = (
  'python react javascript java typescript sql docker figma rust kotlin swift golang flutter django flask angular svelte kubernetes ' +
  'terraform tensorflow pytorch pandas excel photoshop illustrator blender unity matlab julia scala haskell elixir ruby rails ' +
  'laravel wordpress redis kafka spark hadoop linux bash arduino electronics soldering marketing writing research statistics ' +
  'finance accounting design video animation music'
).split(' ');
