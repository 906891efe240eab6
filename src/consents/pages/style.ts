// The whole look: quiet, the reader's own font, one column that holds from 320 px upwards, light or dark as the reader has it. Sizes are in rem, so
// that larger text enlarges everything; 2.75rem is the 44 px that a thumb needs. Colours are named, and their contrast is tested.

export const style = `
:root { color-scheme: light dark; --ground: #f4f5f7; --sheet: #ffffff; --text: #1b1f24; --quiet: #535c66; --line: #d5d9de; --edge: #747d88; --accent: #0b57d0; --on-accent: #ffffff; --tint: #e6edf8 }
@media (prefers-color-scheme: dark) { :root { --ground: #121417; --sheet: #1c1f24; --text: #e8eaed; --quiet: #a8b0b9; --line: #363c44; --edge: #808a95; --accent: #8ab4f8; --on-accent: #10192b; --tint: #2a3442 } }
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
header, main { max-width: 36rem; margin: 0 auto }
header { padding: .5rem 0 1rem; color: var(--quiet); font-weight: 600 }
main { padding: 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 1.5rem 0 .25rem; font-size: 1rem }
p { margin: .25rem 0 }
ul { margin: .25rem 0; padding-left: 1.25rem }
a { color: var(--accent) }
form { margin: 0 }
button, input, .action { font: inherit; min-height: 2.75rem; border-radius: .5rem }
button, .action { display: inline-block; width: 100%; padding: .6rem 1.25rem; border: 1px solid var(--edge); background: var(--sheet); color: var(--text); font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
button:hover, .action:hover { background: var(--tint) }
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent) }
.primary:hover { background: var(--accent); text-decoration: underline }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.told { margin: 0 0 1.25rem; padding: .75rem 1rem; border-left: 4px solid var(--accent); border-radius: .25rem; background: var(--tint) }
.told h2 { margin-top: 0 }
.quiet { color: var(--quiet); font-weight: 400 }
.named { display: flex; gap: .75rem; align-items: center; font-weight: 600 }
.next { margin-top: 1.5rem }
.number { white-space: nowrap }
.actions { display: grid; gap: .75rem; margin-top: 1.5rem }
.search { display: grid; gap: .5rem; margin: 1rem 0 }
.search label { font-weight: 600 }
.search input { width: 100%; min-width: 0; padding: .5rem .75rem; border: 1px solid var(--edge); background: var(--sheet); color: var(--text) }
.banks { margin: .5rem 0 .75rem; padding: 0; list-style: none; display: grid; gap: .5rem }
.bank { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); gap: .75rem; align-items: center; padding: .6rem .75rem; text-align: left }
.bank .quiet { display: block; font-size: .875rem }
.hint { padding: .25rem .75rem 0; color: var(--quiet); font-size: .875rem }
.logo { display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: .5rem; background: var(--tint); color: var(--text); font-weight: 600 }
.hue-0 { background: #1f5f8b; color: #ffffff }
.hue-1 { background: #2f6b3c; color: #ffffff }
.hue-2 { background: #8a3b52; color: #ffffff }
.hue-3 { background: #5b4a9c; color: #ffffff }
.hue-4 { background: #7a5a12; color: #ffffff }
.hue-5 { background: #3d5a66; color: #ffffff }
img.logo { object-fit: contain; background: #ffffff }
@media (min-width: 30rem) {
  main { padding: 2rem }
  .actions { display: flex; flex-wrap: wrap }
  .actions .action { width: auto }
  .search { grid-template-columns: 1fr auto }
  .search label { grid-column: 1 / -1 }
}
@media (forced-colors: active) { button, .action, .logo { border: 1px solid } }
`
