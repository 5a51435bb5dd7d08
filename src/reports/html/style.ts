/** Sober and light: dark ink on white, tints that stay apart in greyscale, system fonts with Japanese ones among them. */
export const STYLE = `
:root{--ink:#1b1d21;--soft:#555b66;--line:#c9ced6;--faint:#eef0f3;--accent:#1f3f6b;--warn:#8a1c1c;--good:#1d5a3a;
--sans:system-ui,-apple-system,"Segoe UI","Helvetica Neue","Hiragino Sans","Hiragino Kaku Gothic ProN","Yu Gothic","YuGothic","Noto Sans CJK JP","Noto Sans JP","Noto Sans",Arial,sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono","Segoe UI Mono","Noto Sans Mono","DejaVu Sans Mono",Menlo,Consolas,monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:2.5rem 1.25rem 4rem;max-width:72rem;background:#fff;color:var(--ink);font:16px/1.6 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
:lang(ja) body,html:lang(ja) body{line-height:1.75;line-break:strict}
header{border-bottom:3px solid var(--ink);padding-bottom:1rem}
.kicker{margin:0;color:var(--soft);font-size:.8125rem;letter-spacing:.08em}
html:lang(en) .kicker{text-transform:uppercase}
h1{margin:.2rem 0 0;font-size:2rem;line-height:1.25;font-weight:700;text-wrap:balance}
h2{margin:3.25rem 0 .9rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:1.3rem;line-height:1.35}
h2 .no{display:inline-block;min-width:1.6em;color:var(--soft);font-weight:400}
h3{margin:2rem 0 .5rem;font-size:1.02rem}
p{margin:.6rem 0;max-width:46rem}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
nav{margin:1.5rem 0 0}
nav h2{margin:0 0 .3rem;padding:0;border:0;font-size:.8125rem;color:var(--soft);font-weight:600}
nav ol{margin:0;padding-left:1.6rem;columns:2;column-gap:2.5rem;font-size:.9rem;line-height:1.7}
nav li{break-inside:avoid}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.facts{margin:1.25rem 0;border-top:1px solid var(--line)}
.facts>div{display:grid;grid-template-columns:13rem 1fr;gap:.25rem 1.5rem;padding:.55rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--soft);font-size:.875rem;line-height:1.75}
.facts dd{margin:0;min-width:0}
.facts dd p{margin:0 0 .3rem}
.big{overflow-wrap:anywhere;font-size:1.35rem;font-weight:700;line-height:1.3}
.verdict{margin:1.25rem 0;padding:.35rem 1.1rem;border:1px solid var(--line);border-left:5px solid var(--accent)}
.verdict p{max-width:none}
.where{font-size:1.08rem;font-weight:600}
.holds{color:var(--good);font-weight:600}
.warn{color:var(--warn);font-weight:600}
.note,.tx,.jst,.none,.cite,.active{color:var(--soft);font-size:.8125rem;line-height:1.5}
p.note{max-width:46rem}
.zero{color:#7a808a}
.identity{padding:.6rem .9rem;background:var(--faint);font-size:.875rem;max-width:none}
.scroll{overflow-x:auto;margin:1rem 0 1.25rem;-webkit-overflow-scrolling:touch}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.5}
caption{padding:0 0 .45rem;text-align:left;font-weight:600}
th,td{padding:.42rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;unicode-bidi:isolate}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:.15rem}
thead th{border-bottom:1.5px solid var(--ink);color:var(--soft);font-size:.8125rem;font-weight:600;vertical-align:bottom}
tbody th{font-weight:500;min-width:8.5rem}
tbody .across th{padding-top:1rem;border-bottom-color:var(--soft);font-weight:700}
.n{text-align:right;white-space:nowrap;word-break:keep-all}
.nb{white-space:nowrap}
tbody.check th,tbody.check td{border-bottom:0;padding-top:.2rem;padding-bottom:.2rem}
tbody.check tr:first-child th,tbody.check tr:first-child td{border-top:1.5px solid var(--ink);padding-top:.5rem}
.id,pre{font-family:var(--mono);font-size:.8em;overflow-wrap:anywhere;word-break:break-all}
.address{display:inline-block;min-width:min(26em,60vw)}
.name{font-weight:600}
.time{white-space:nowrap}
.grade{display:inline-block;padding:0 .45em;border:1px solid var(--soft);border-radius:.6em;color:var(--soft);font-size:.72rem;line-height:1.5;white-space:nowrap}
.grade-chain{border-color:var(--good);color:var(--good)}
.grade-inferred{border-style:dashed}
.end{display:grid;grid-template-columns:2.6em 1fr;min-width:15rem}
.way{color:var(--soft);font-size:.8125rem}
tr.above>*{border-bottom:0;padding-bottom:.1rem}
tr.beneath>*{padding-top:0}
ul.plain{margin:0;padding:0;list-style:none}
ul.plain li+li{margin-top:.35rem}
.moved .amt{font-weight:600}
pre{padding:.8rem 1rem;background:var(--faint);white-space:pre-wrap;font-size:.8125rem}
.sources>div{display:grid;grid-template-columns:4rem 1fr;gap:.75rem;padding:.35rem 0;font-size:.875rem}
.sources dt{font-weight:600;overflow-wrap:anywhere}
.sources dd{margin:0;min-width:0}
footer{margin-top:3.5rem;padding-top:.75rem;border-top:3px solid var(--ink);color:var(--soft);font-size:.8125rem}
footer p{max-width:none}
.flow{margin:1.5rem 0}
.flow figcaption{font-size:.875rem;font-weight:600}
.flow .scroll{margin-top:.4rem}
svg{display:block;max-width:none;font-family:var(--sans)}
.flow-svg{margin:0 auto}
.band{fill:#d3dbe6}
.box{fill:#42526b}
.band.to-held{fill:#cbe3d4}.box.to-held{fill:#2b6e49}
.band.to-services{fill:#f0dcb8}.box.to-services{fill:#9a6a10}
.band.to-unrecorded{fill:#e2d4e6}.box.to-unrecorded{fill:#71507c}
.band.to-fees,.band.to-burned,.band.to-exchanged,.band.to-belowThreshold,.band.to-notFollowed{fill:#dddddd}
.box.to-fees,.box.to-burned,.box.to-exchanged,.box.to-belowThreshold,.box.to-notFollowed{fill:#6b6b6b}
.band.returns{fill:#f1f3f6;stroke:#7d8796;stroke-dasharray:4 3}
.flow-svg text{fill:var(--ink);paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round;stroke-opacity:.85}
.flow-svg .name{font-size:12px;font-weight:600}
.flow-svg .detail{font-size:11px;fill:#454b55}
.flow-svg .amount{font-size:11px}
.timeline{margin:1.25rem 0 1.75rem}
.timeline th,.timeline td{padding-top:.3rem;padding-bottom:.3rem}
.timeline{table-layout:fixed}
.timeline th:first-child{width:22.5rem}
.timeline tbody th{font-weight:400}
.timeline .time{white-space:normal}
time{white-space:nowrap}
.timeline .strip{width:190px}
.strip-svg text{font-size:9px;fill:var(--soft)}
.strip-svg{max-width:100%;height:auto}
.strip-svg .on{fill:var(--accent)}
.strip-svg .axis{stroke:var(--line);fill:none}
.strip-svg .tick{stroke:var(--soft)}
.strip-svg .event{fill:var(--accent)}
.strip-svg .movement{fill:#fff;stroke:var(--accent);stroke-width:1.5}
@media (max-width:40rem){
body{padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem}
.big{font-size:1.1rem}
nav ol{columns:1}
.facts>div{grid-template-columns:1fr}
.timeline,.timeline tbody,.timeline tr,.timeline th,.timeline td,.timeline caption{display:block;width:auto}
.timeline thead{display:none}
.timeline tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.timeline th:first-child,.timeline tbody th,.timeline td,.timeline td.strip{width:auto;padding:.05rem 0;border:0}
}
@page{size:A4;margin:17mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#555}}
@page wide{size:A4 landscape;margin:14mm}
@media print{
.address{min-width:14em}
tbody th{min-width:5em}
body{max-width:none;padding:0;font-size:9.5pt;line-height:1.5}
h1{font-size:20pt}h2{font-size:13pt;margin-top:1.6rem}h3{font-size:10.5pt}
h1,h2,h3,caption,figcaption{break-after:avoid}
p,li,.facts>div,.sources>div,pre{break-inside:avoid}
h2+p,h3+p,.where{break-after:avoid}
.grade{font-size:6.5pt}
.identity{font-size:8.5pt}
p{orphans:3;widows:3;max-width:none}
table{font-size:8pt;line-height:1.4}
.note,.tx,.jst,.none,.cite,thead th,.way{font-size:7.5pt}
thead{display:table-header-group;break-after:avoid}
.address{word-break:break-all}
tr{break-inside:avoid}
.across{break-after:avoid}
.n{white-space:normal;overflow-wrap:normal}
.scroll{overflow:visible}
th,td{padding:.28rem .5rem}
.timeline th:first-child{width:11rem}
.timeline .strip{width:130px}
.end{min-width:13rem}
.flow{break-inside:avoid}
.flow.large{page:wide}
.keep{break-inside:avoid}
tr.beneath{break-before:avoid}
.time{white-space:normal}
.flow-svg{width:100%;height:auto;max-height:165mm}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`
