/// The look of all pages: one column on a telephone, two colours in the light and in the dark.
enum Stylesheet {
    static let text = """
        :root { color-scheme: light dark; --paper: #fff; --ground: #f3f5f7; --ink: #1b2730; --soft: #4d5c68; --line: #c5cdd4;
          --brand: #14506b; --link: #0b5c85; --good: #17633a; --bad: #a4161f; --good-ground: #e5f3ea; --bad-ground: #fbe9ea; }
        @media (prefers-color-scheme: dark) { :root { --paper: #17202a; --ground: #0f161d; --ink: #e7edf2; --soft: #aab8c4;
          --line: #3a4855; --brand: #1f6f92; --link: #7cc4ec; --good: #7fd6a2; --bad: #ff9aa2; --good-ground: #14301f;
          --bad-ground: #3a171b; } }
        * { box-sizing: border-box; }
        html { font: 100%/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--ground); color: var(--ink); }
        body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: .5rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
        header { background: var(--paper); border-bottom: 1px solid var(--line); padding: .6rem 1rem; display: flex; flex-wrap: wrap;
          gap: .5rem 1rem; align-items: center; justify-content: space-between; }
        .brand { font-weight: 700; font-size: 1.1rem; color: var(--ink); text-decoration: none; display: flex; gap: .5rem;
          align-items: center; }
        .account { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0; }
        .user { color: var(--soft); overflow-wrap: anywhere; }
        nav { background: var(--paper); border-bottom: 1px solid var(--line); padding: 0 1rem; }
        nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 .25rem; }
        nav a { display: block; padding: .6rem .7rem; color: var(--ink); text-decoration: none; border-bottom: 3px solid transparent; }
        nav a:hover { border-color: var(--line); }
        nav a[aria-current] { border-color: var(--brand); font-weight: 600; }
        main { width: 100%; max-width: 52rem; margin: 0 auto; padding: 1rem 1rem 3rem; flex: 1; }
        main:focus { outline: none; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: .8rem 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 1.6rem 0 .4rem; }
        a { color: var(--link); }
        .lead { font-size: 1.1rem; color: var(--soft); }
        .card, .steps > li { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem;
          margin: 1rem 0; }
        .card > h2, .steps h2 { margin-top: 0; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: 1rem; }
        .cards > .card { margin: 0; display: flex; flex-direction: column; } .cards .card > div { flex: 1; }
        details > summary { cursor: pointer; } details.card { padding: .7rem 1.2rem; margin: .5rem 0; }
        pre { overflow-x: auto; background: var(--ground); padding: .8rem; border-radius: .4rem; }
        .steps { padding: 0; counter-reset: step; list-style: none; }
        .steps > li { counter-increment: step; }
        .steps > li > h2::before { content: counter(step) ". "; color: var(--soft); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { color: var(--soft); font-weight: 600; }
        tbody th { font-weight: 600; }
        .scroll { overflow-x: auto; }
        dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .3rem 1rem; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
        .field { margin: 0 0 1rem; }
        label, legend { font-weight: 600; display: block; }
        .choice { font-weight: 400; }
        fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
        input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select { width: 100%; max-width: 28rem; font: inherit;
          color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .35rem; padding: .55rem .7rem; }
        textarea { max-width: 100%; }
        .wrong input, .wrong textarea { border-color: var(--bad); border-width: 2px; }
        .help { margin: .1rem 0 .3rem; color: var(--soft); }
        .error { margin: .1rem 0 .3rem; color: var(--bad); font-weight: 600; }
        button, .button { font: inherit; font-weight: 600; display: inline-block; background: var(--brand); color: #fff;
          border: 1px solid var(--brand); border-radius: .35rem; padding: .55rem 1.1rem; cursor: pointer; text-decoration: none; }
        button:hover, .button:hover { filter: brightness(1.1); }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .secret code { font-size: 1.3rem; font-weight: 700; overflow-wrap: anywhere; }
        td form, td button { margin: 0; } td .quiet { padding: .15rem .6rem; }
        .scroll + dl { margin-top: 1rem; }
        .quiet { background: transparent; color: var(--link); border-color: var(--line); padding: .35rem .8rem; }
        .danger { background: transparent; color: var(--bad); border-color: var(--bad); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .notice { border: 1px solid; border-radius: .5rem; padding: .7rem 1rem; }
        .whose { border-color: var(--brand); background: var(--paper); overflow-wrap: anywhere; }
        details { margin: .6rem 0; }
        summary { cursor: pointer; color: var(--link); font-weight: 600; padding: .2rem 0; }
        h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
        .chart { margin: 0; min-width: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem;
          padding: .8rem 1rem; }
        .chart svg { display: block; width: 100%; height: 7rem; margin-top: .5rem; border-bottom: 1px solid var(--soft); }
        .chart rect { fill: var(--link); }
        .axis { display: flex; justify-content: space-between; gap: 1rem; margin: .2rem 0; color: var(--soft); font-size: .85rem; }
        .periods { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; }
        .buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
        .good { color: var(--good); background: var(--good-ground); }
        .bad { color: var(--bad); background: var(--bad-ground); }
        meter { width: 100%; max-width: 28rem; height: 1.2rem; }
        footer { border-top: 1px solid var(--line); padding: .8rem 1rem; color: var(--soft); display: flex; flex-wrap: wrap; gap: .3rem 2rem; }
        footer p, .languages { margin: 0; }
        .languages { list-style: none; padding: 0; display: flex; gap: 1rem; }
        @media (prefers-reduced-motion: no-preference) { button, .button { transition: filter .15s; } }

        """
}
