/** Nothing of the shop's page is inherited but its typeface; sizes are pixels, since a page may have set its root to anything. */
const text = `:host{all:initial;display:block;container-type:inline-size;contain-intrinsic-inline-size:220px;max-width:100%;font-family:inherit;color-scheme:light;--ink:light-dark(#14201b,#edf3f0);--soft:light-dark(#54625b,#a8b7af);--line:light-dark(#dfe4de,#3a4741);--panel:light-dark(#fff,#17201c);--accent:light-dark(#0b5c49,#6fd6b4);--logo:light-dark(#c2185b,#ff8ac4)}
:host([dark-mode=always]){color-scheme:dark}
:host([dark-mode=system]){color-scheme:light dark}
:host(:is([theme=variant],[logo-color=black])) svg{fill:var(--ink)}
*{box-sizing:border-box}
.box{min-height:calc(var(--text,64px) + var(--title,0px) + var(--days,0px));width:fit-content;min-width:min(100%,320px);max-width:100%;display:flex;flex-direction:column;justify-content:center;border:1px solid var(--line);border-radius:10px;background:var(--panel);color:var(--ink);font-size:14px;line-height:20px}
:host([show-title=true]){--title:24px}
:host([type=checkout]){--days:56px}
:host([background=false]) .box,.box:empty{border-color:#0000;background:none}
:host([background=false]) .open{padding-inline:0}
:host([alignment=center]) .box{margin-inline:auto}
:host([alignment=right]) .box{margin-left:auto}
:host([font-size=small]) .box{--text:54px;font-size:12px;line-height:16px}
button{font:inherit;color:inherit;background:none;border:0;border-radius:10px;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.open{align-items:center;padding:8px 12px;text-align:start;flex:1}
svg{flex:none;fill:var(--logo)}
svg:dir(rtl){transform:scaleX(-1)}
.text{flex:1;min-width:0}
.text>*,.box li>*{display:block}
bdi{font-weight:600;white-space:nowrap}
small{color:var(--soft)}
small,u{font-size:12px;line-height:16px}
u{color:var(--accent)}
i{font:22px/1 sans-serif;margin-top:-5px;color:var(--soft)}
progress{width:100%;height:4px;margin-top:4px;accent-color:var(--accent)}
ol{list-style:none;margin:0;padding:0}
.open,header,.schedule,li{display:flex;gap:10px}
.schedule li{justify-content:space-between;padding:10px 0;border-bottom:1px solid var(--line)}
dialog .schedule{display:block}
.box .schedule{flex-wrap:wrap;padding:0 12px 10px;font-size:12px;line-height:16px}
.box li{display:block;flex:1;padding:0;border:0}
dialog{width:min(440px,100vw - 24px);max-height:calc(100dvh - 24px);padding:0;border:0;border-radius:16px;background:var(--panel);color:var(--ink);font-size:16px;line-height:24px;text-align:start}
dialog::backdrop{background:#0009}
.sheet{padding:20px}
header{align-items:center}
h2{font-size:20px;line-height:26px;margin:0;flex:1}
.close{width:44px;height:44px;font-size:26px;line-height:1;margin:-8px}
p{margin:8px 0;color:var(--soft)}
p:has(bdi:empty){display:none}
summary{padding:10px 0;color:var(--accent);cursor:pointer}
.steps{counter-reset:n;display:grid;gap:12px;margin-top:20px}
.steps li{counter-increment:n}
.steps li::before{content:counter(n);flex:none;width:24px;height:24px;border-radius:50%;background:var(--accent);color:var(--panel);font-weight:600;text-align:center}
@container(max-width:339px){small{display:none!important}}
@container(max-width:219px){i,.open svg{display:none}}`

export const styleSheet = new CSSStyleSheet()
styleSheet.replaceSync(text)
