/* RetroStep 0.1.0, Apache-2.0; built from frontend/. Lit, BSD-3-Clause, Google LLC. */
var vs=Object.defineProperty;var $s=Object.getOwnPropertyDescriptor;var y=(s,e,t,n)=>{for(var i=n>1?void 0:n?$s(e,t):e,r=s.length-1,o;r>=0;r--)(o=s[r])&&(i=(n?o(e,t,i):o(i))||i);return n&&i&&vs(e,t,i),i};var de=globalThis,ce=de.ShadowRoot&&(de.ShadyCSS===void 0||de.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Oe=Symbol(),ct=new WeakMap,J=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==Oe)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(ce&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=ct.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&ct.set(t,e))}return e}toString(){return this.cssText}},ut=s=>new J(typeof s=="string"?s:s+"",void 0,Oe),S=(s,...e)=>{let t=s.length===1?s[0]:e.reduce((n,i,r)=>n+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+s[r+1],s[0]);return new J(t,s,Oe)},pt=(s,e)=>{if(ce)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let n=document.createElement("style"),i=de.litNonce;i!==void 0&&n.setAttribute("nonce",i),n.textContent=t.cssText,s.appendChild(n)}},We=ce?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let n of e.cssRules)t+=n.cssText;return ut(t)})(s):s;var{is:xs,defineProperty:_s,getOwnPropertyDescriptor:As,getOwnPropertyNames:Ss,getOwnPropertySymbols:Cs,getPrototypeOf:Ts}=Object,ue=globalThis,ht=ue.trustedTypes,Ms=ht?ht.emptyScript:"",Es=ue.reactiveElementPolyfillSupport,Q=(s,e)=>s,X={toAttribute(s,e){switch(e){case Boolean:s=s?Ms:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},pe=(s,e)=>!xs(s,e),mt={attribute:!0,type:String,converter:X,reflect:!1,useDefault:!1,hasChanged:pe};Symbol.metadata??=Symbol("metadata"),ue.litPropertyMetadata??=new WeakMap;var H=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=mt){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),i=this.getPropertyDescriptor(e,n,t);i!==void 0&&_s(this.prototype,e,i)}}static getPropertyDescriptor(e,t,n){let{get:i,set:r}=As(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){let a=i?.call(this);r?.call(this,o),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??mt}static _$Ei(){if(this.hasOwnProperty(Q("elementProperties")))return;let e=Ts(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(Q("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Q("properties"))){let t=this.properties,n=[...Ss(t),...Cs(t)];for(let i of n)this.createProperty(i,t[i])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[n,i]of t)this.elementProperties.set(n,i)}this._$Eh=new Map;for(let[t,n]of this.elementProperties){let i=this._$Eu(t,n);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let i of n)t.unshift(We(i))}else e!==void 0&&t.push(We(e));return t}static _$Eu(e,t){let n=t.attribute;return n===!1?void 0:typeof n=="string"?n:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return pt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,n);if(i!==void 0&&n.reflect===!0){let r=(n.converter?.toAttribute!==void 0?n.converter:X).toAttribute(t,n.type);this._$Em=e,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(e,t){let n=this.constructor,i=n._$Eh.get(e);if(i!==void 0&&this._$Em!==i){let r=n.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:X;this._$Em=i;let a=o.fromAttribute(t,r.type);this[i]=a??this._$Ej?.get(i)??a,this._$Em=null}}requestUpdate(e,t,n,i=!1,r){if(e!==void 0){let o=this.constructor;if(i===!1&&(r=this[e]),n??=o.getPropertyOptions(e),!((n.hasChanged??pe)(r,t)||n.useDefault&&n.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,n))))return;this.C(e,t,n)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:i,wrapped:r},o){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}let n=this.constructor.elementProperties;if(n.size>0)for(let[i,r]of n){let{wrapped:o}=r,a=this[i];o!==!0||this._$AL.has(i)||a===void 0||this.C(i,void 0,r,a)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(n=>n.hostUpdate?.()),this.update(t)):this._$EM()}catch(n){throw e=!1,this._$EM(),n}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};H.elementStyles=[],H.shadowRootOptions={mode:"open"},H[Q("elementProperties")]=new Map,H[Q("finalized")]=new Map,Es?.({ReactiveElement:H}),(ue.reactiveElementVersions??=[]).push("2.1.2");var Ne=globalThis,ft=s=>s,he=Ne.trustedTypes,gt=he?he.createPolicy("lit-html",{createHTML:s=>s}):void 0,Ve="$lit$",L=`lit$${Math.random().toFixed(9).slice(2)}$`,Ie="?"+L,Ds=`<${Ie}>`,I=document,te=()=>I.createComment(""),se=s=>s===null||typeof s!="object"&&typeof s!="function",Fe=Array.isArray,$t=s=>Fe(s)||typeof s?.[Symbol.iterator]=="function",Ue=`[ 	
\f\r]`,ee=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,bt=/-->/g,yt=/>/g,N=RegExp(`>|${Ue}(?:([^\\s"'>=/]+)(${Ue}*=${Ue}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),wt=/'/g,kt=/"/g,xt=/^(?:script|style|textarea|title)$/i,je=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),c=je(1),we=je(2),Rn=je(3),F=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),vt=new WeakMap,V=I.createTreeWalker(I,129);function _t(s,e){if(!Fe(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return gt!==void 0?gt.createHTML(e):e}var At=(s,e)=>{let t=s.length-1,n=[],i,r=e===2?"<svg>":e===3?"<math>":"",o=ee;for(let a=0;a<t;a++){let l=s[a],h,m,p=-1,b=0;for(;b<l.length&&(o.lastIndex=b,m=o.exec(l),m!==null);)b=o.lastIndex,o===ee?m[1]==="!--"?o=bt:m[1]!==void 0?o=yt:m[2]!==void 0?(xt.test(m[2])&&(i=RegExp("</"+m[2],"g")),o=N):m[3]!==void 0&&(o=N):o===N?m[0]===">"?(o=i??ee,p=-1):m[1]===void 0?p=-2:(p=o.lastIndex-m[2].length,h=m[1],o=m[3]===void 0?N:m[3]==='"'?kt:wt):o===kt||o===wt?o=N:o===bt||o===yt?o=ee:(o=N,i=void 0);let $=o===N&&s[a+1].startsWith("/>")?" ":"";r+=o===ee?l+Ds:p>=0?(n.push(h),l.slice(0,p)+Ve+l.slice(p)+L+$):l+L+(p===-2?a:$)}return[_t(s,r+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),n]},ne=class s{constructor({strings:e,_$litType$:t},n){let i;this.parts=[];let r=0,o=0,a=e.length-1,l=this.parts,[h,m]=At(e,t);if(this.el=s.createElement(h,n),V.currentNode=this.el.content,t===2||t===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(i=V.nextNode())!==null&&l.length<a;){if(i.nodeType===1){if(i.hasAttributes())for(let p of i.getAttributeNames())if(p.endsWith(Ve)){let b=m[o++],$=i.getAttribute(p).split(L),P=/([.?@])?(.*)/.exec(b);l.push({type:1,index:r,name:P[2],strings:$,ctor:P[1]==="."?fe:P[1]==="?"?ge:P[1]==="@"?be:B}),i.removeAttribute(p)}else p.startsWith(L)&&(l.push({type:6,index:r}),i.removeAttribute(p));if(xt.test(i.tagName)){let p=i.textContent.split(L),b=p.length-1;if(b>0){i.textContent=he?he.emptyScript:"";for(let $=0;$<b;$++)i.append(p[$],te()),V.nextNode(),l.push({type:2,index:++r});i.append(p[b],te())}}}else if(i.nodeType===8)if(i.data===Ie)l.push({type:2,index:r});else{let p=-1;for(;(p=i.data.indexOf(L,p+1))!==-1;)l.push({type:7,index:r}),p+=L.length-1}r++}}static createElement(e,t){let n=I.createElement("template");return n.innerHTML=e,n}};function j(s,e,t=s,n){if(e===F)return e;let i=n!==void 0?t._$Co?.[n]:t._$Cl,r=se(e)?void 0:e._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(s),i._$AT(s,t,n)),n!==void 0?(t._$Co??=[])[n]=i:t._$Cl=i),i!==void 0&&(e=j(s,i._$AS(s,e.values),i,n)),e}var me=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,i=(e?.creationScope??I).importNode(t,!0);V.currentNode=i;let r=V.nextNode(),o=0,a=0,l=n[0];for(;l!==void 0;){if(o===l.index){let h;l.type===2?h=new G(r,r.nextSibling,this,e):l.type===1?h=new l.ctor(r,l.name,l.strings,this,e):l.type===6&&(h=new ye(r,this,e)),this._$AV.push(h),l=n[++a]}o!==l?.index&&(r=V.nextNode(),o++)}return V.currentNode=I,i}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(e,n,t),t+=n.strings.length-2):n._$AI(e[t])),t++}},G=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,i){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=j(this,e,t),se(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==F&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):$t(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&se(this._$AH)?this._$AA.nextSibling.data=e:this.T(I.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,i=typeof n=="number"?this._$AC(e):(n.el===void 0&&(n.el=ne.createElement(_t(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===i)this._$AH.p(t);else{let r=new me(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=vt.get(e.strings);return t===void 0&&vt.set(e.strings,t=new ne(e)),t}k(e){Fe(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,n,i=0;for(let r of e)i===t.length?t.push(n=new s(this.O(te()),this.O(te()),this,this.options)):n=t[i],n._$AI(r),i++;i<t.length&&(this._$AR(n&&n._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let n=ft(e).nextSibling;ft(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},B=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,i,r){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=r,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=u}_$AI(e,t=this,n,i){let r=this.strings,o=!1;if(r===void 0)e=j(this,e,t,0),o=!se(e)||e!==this._$AH&&e!==F,o&&(this._$AH=e);else{let a=e,l,h;for(e=r[0],l=0;l<r.length-1;l++)h=j(this,a[n+l],t,l),h===F&&(h=this._$AH[l]),o||=!se(h)||h!==this._$AH[l],h===u?e=u:e!==u&&(e+=(h??"")+r[l+1]),this._$AH[l]=h}o&&!i&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},fe=class extends B{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}},ge=class extends B{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}},be=class extends B{constructor(e,t,n,i,r){super(e,t,n,i,r),this.type=5}_$AI(e,t=this){if((e=j(this,e,t,0)??u)===F)return;let n=this._$AH,i=e===u&&n!==u||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,r=e!==u&&(n===u||i);i&&this.element.removeEventListener(this.name,this,n),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},ye=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){j(this,e)}},St={M:Ve,P:L,A:Ie,C:1,L:At,R:me,D:$t,V:j,I:G,H:B,N:ge,U:be,B:fe,F:ye},Hs=Ne.litHtmlPolyfillSupport;Hs?.(ne,G),(Ne.litHtmlVersions??=[]).push("3.3.3");var Ct=(s,e,t)=>{let n=t?.renderBefore??e,i=n._$litPart$;if(i===void 0){let r=t?.renderBefore??null;n._$litPart$=i=new G(e.insertBefore(te(),r),r,void 0,t??{})}return i._$AI(s),i};var Be=globalThis,C=class extends H{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ct(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return F}};C._$litElement$=!0,C.finalized=!0,Be.litElementHydrateSupport?.({LitElement:C});var Ls=Be.litElementPolyfillSupport;Ls?.({LitElement:C});(Be.litElementVersions??=[]).push("4.2.2");var Rs={attribute:!0,type:String,converter:X,reflect:!1,hasChanged:pe},zs=(s=Rs,e,t)=>{let{kind:n,metadata:i}=t,r=globalThis.litPropertyMetadata.get(i);if(r===void 0&&globalThis.litPropertyMetadata.set(i,r=new Map),n==="setter"&&((s=Object.create(s)).wrapped=!0),r.set(t.name,s),n==="accessor"){let{name:o}=t;return{set(a){let l=e.get.call(this);e.set.call(this,a),this.requestUpdate(o,l,s,!0,a)},init(a){return a!==void 0&&this.C(o,void 0,s,a),a}}}if(n==="setter"){let{name:o}=t;return function(a){let l=this[o];e.call(this,a),this.requestUpdate(o,l,s,!0,a)}}throw Error("Unsupported decorator location: "+n)};function q(s){return(e,t)=>typeof t=="object"?zs(s,e,t):((n,i,r)=>{let o=i.hasOwnProperty(r);return i.constructor.createProperty(r,n),o?Object.getOwnPropertyDescriptor(i,r):void 0})(s,e,t)}function v(s){return q({...s,state:!0,attribute:!1})}function ve(s,e,t,n){let r=e[`${t}_action`]??(t==="tap"?{action:"more-info"}:{action:"none"});r.action==="none"||r.action==="more-info"&&!n||s.dispatchEvent(new CustomEvent("hass-action",{bubbles:!0,composed:!0,detail:{config:{entity:n,[`${t}_action`]:r},action:t}}))}var $e=class{constructor(e,t){this.node=e;this.config=t;this.held=!1;this.taps=0}down(e){this.held=!1,window.clearTimeout(this.timer),this.has("hold_action")&&(this.timer=window.setTimeout(()=>{this.held=!0,ve(this.node,this.config(),"hold",e)},500))}cancel(){window.clearTimeout(this.timer)}click(e){if(window.clearTimeout(this.timer),this.held){this.held=!1;return}if(!this.has("double_tap_action")){ve(this.node,this.config(),"tap",e);return}if(this.taps+=1,this.taps===2){this.taps=0,ve(this.node,this.config(),"double_tap",e);return}this.timer=window.setTimeout(()=>{this.taps=0,ve(this.node,this.config(),"tap",e)},250)}has(e){let t=this.config()[e];return t!==void 0&&t.action!=="none"}};var xe={"card.name":"RetroStep","card.description":"Backward steps of today with goal, week, streak, sitting and guided sessions.","history.name":"RetroStep history","history.description":"Backward and forward steps by hour, day and month.","strategy.name":"RetroStep","strategy.description":"A dashboard for everybody who walks backward in your home.",loading:"Asking RetroStep …","error.title":"RetroStep does not answer","error.not_set_up":"Add RetroStep under Settings, Devices & services. If it is there, restart Home Assistant.","error.failed":"The steps could not be fetched ({detail}). Reload this page; if that does not help, look at RetroStep under Settings, Devices & services.","error.config":"The card can't read its settings: {detail}","error.render":"The card could not be drawn ({detail}). Reload this page.","error.statistics":"The history could not be fetched ({detail}). Is the recorder switched on?","none.title":"Nobody walks here yet","none.text":"Add a walker: Settings, Devices & services, Add integration, RetroStep.","none.chosen":"The walkers chosen for this card are not here any more. Choose others in its settings.","none.open":"Open RetroStep","not_loaded.title":"{name} could not be loaded","not_loaded.text":"Settings, Devices & services, RetroStep says why.","waiting.title":"Waiting for {name}’s figures","waiting.text":"They come when Home Assistant has started.","disabled.title":"Today’s steps are switched off","disabled.text":"Enable the entity “Backward steps today” of {name}.",no_pod:"No step pod yet. Add one to {name} under RetroStep; steps appear with the first stride.",pod_away:"The pod is out of reach. It keeps every step until it is back.",first_day:"Your first day. Two or three minutes backward, slowly, along a wall, is a fine start.","amount.steps":"{count} steps","amount.steps.one":"{count} step","amount.sessions":"{count} sessions","amount.sessions.one":"{count} session",backward:"Backward",forward:"Forward",of_goal:"of {goal}",steps_backward:"steps backward","steps_backward.one":"step backward",goal_reached:"Goal reached",to_go:"{amount} to go",paused:"Plan paused",rest_day:"Rest day",no_goal:"Backward today","pulse.backward":"Walking backward","pulse.forward":"Walking forward",cadence:"{rate} steps/min","fact.steps":"steps","fact.steps.one":"step","fact.distance":"distance","fact.time":"time","fact.sessions":"sessions","fact.sessions.one":"session",streak:"{days} days in a row","streak.one":"{days} day in a row","streak.short":"{days} days","streak.short.one":"{days} day","streak.best":"best {days}",week:"Last 7 days","week.today":"today","week.day":"{day}: {done}","week.day.goal":"{day}: {done} of {goal}","week.met":"goal reached","week.missed":"goal not reached","week.paused":"plan paused","week.rest":"rest day",hours:"Today by hour","hours.label":"{hour}: {backward} backward, {forward} forward",sitting:"Sitting","sitting.value":"Sitting {minutes}","sitting.of":"{minutes} of {threshold}","sitting.moving":"On the move","sitting.due":"Time for a few steps","sitting.snoozed":"Snoozed until {time}","sitting.next":"next reminder {time}","sitting.quiet":"Reminders rest","sitting.quiet.away":"Nobody home, no reminders","sitting.quiet.switched_off":"Reminders switched off","sitting.quiet.free_day":"Free day, no reminders","sitting.quiet.quiet_hours":"Quiet hours","sitting.quiet.schedule":"Outside the reminder times","sitting.quiet.busy":"Busy, no reminders","sitting.not_worn":"Pod not worn","sitting.unknown":"Sitting not known",snooze:"Snooze",dismiss:"Dismiss","button.label":"{action} for {name}","action.failed":"That did not work: {detail}",last:"Last session","last.none":"No session yet",session:"Guided session","session.start":"Start session","session.stop":"Stop","session.next":"Next: {stage}","session.stage_of":"{number} of {of}","session.left":"left","session.waiting.stopped":"Waiting for you to walk on","session.waiting.direction":"Turn around to go on","session.waiting.away":"Waiting for the pod","session.metronome":"{rate} beats/min","stage.warm_up":"Warm up","stage.backward":"Walk backward","stage.forward":"Walk forward","stage.cool_down":"Cool down","history.day":"Day","history.week":"Week","history.month":"Month","history.year":"Year","history.total":"{total} backward","history.average":"{average} a day","history.previous":"Earlier","history.following":"Later","history.empty":"Nothing walked here. What is walked backward shows up as bars.","history.bar":"{when}: {backward} backward, {forward} forward","history.periods":"Period","editor.walkers":"Walkers","editor.walkers.help":"All of them if none is chosen.","editor.layout":"Layout","editor.layout.compact":"Compact: one line a walker","editor.layout.standard":"Standard","editor.layout.tall":"Tall: with hours and guided sessions","editor.hide":"Leave out","editor.hide.share":"Backward and forward share","editor.hide.week":"Week","editor.hide.streak":"Streak","editor.hide.sitting":"Sitting","editor.hide.last":"Last session","editor.hide.hint":"Hints","editor.interactions":"Interactions","editor.tap_action":"Tap","editor.hold_action":"Hold","editor.double_tap_action":"Double tap","editor.period":"Period shown first","dashboard.today":"Today","dashboard.history":"History","dashboard.pods":"Pods","dashboard.sessions":"Sessions","dashboard.sitting":"Sitting","dashboard.pod":"Step pod","dashboard.no_pod":"{name} has no step pod yet. Add one under Settings, Devices & services, RetroStep.","dashboard.hints":"Good to know","hint.1":"Begin with two or three minutes a day and add a little each week. Five short walks count as much as one long one.","hint.2":"Small steps: ball of the foot first, then the heel. Long strides are the most common mistake.","hint.3":"Choose a flat, clear way with a wall or rail beside you: a hallway is perfect.","hint.4":"Stand tall, let the shoulders hang and the arms swing.","hint.5":"Warm up by walking forward for two minutes, and mix both directions.","hint.6":"Has sitting been long? A few steps backward stretch the hips.","hint.7":"Rest when something hurts, and ask a professional first if you have a condition.","hint.8":"Music, company and a metronome make it easier to come back tomorrow."};var Tt={de:()=>import("./retrostep-de-5b639413.js"),es:()=>import("./retrostep-es-f2779e2d.js"),fr:()=>import("./retrostep-fr-038791f8.js"),nl:()=>import("./retrostep-nl-e707e3c6.js"),"pt-BR":()=>import("./retrostep-pt-BR-3899f180.js"),"zh-Hans":()=>import("./retrostep-zh-Hans-e5998ff1.js")},ie={en:xe},Os={},qe=new Map;function Ke(s){let e=s.split("-")[0]??"";return[s,e].find(t=>t in Tt)}async function re(s){let e=Ke(s);if(!e||ie[e])return;let t=qe.get(e)??Ws(e);qe.set(e,t),await t}async function Ws(s){try{ie[s]=(await Tt[s]?.())?.default??{}}catch{qe.delete(s)}}var Z=class{constructor(e){this.host=e;e.addController(this)}hostUpdate(){let e=this.host.hass?.locale.language;e&&e!==this.asked&&(this.asked=e,re(e).then(()=>this.host.requestUpdate()))}};function w(s,e,t={}){return(ie[Ke(s)??"en"]?.[e]??xe[e]).replace(/\{(\w+)\}/g,(i,r)=>t[r]??i)}function T(s,e,t,n={}){let i=Ke(s)??"en",r=ie[i]?i:"en",o=Os[r]??=new Intl.PluralRules(r),a=`${e}.${o.select(t)}`;return ie[r]?.[a]===void 0?w(s,e,n):w(s,a,n)}function A(s,e,t={}){return e in xe?w(s,e,t):void 0}var Mt={comma_decimal:"en-US",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",system:void 0},Us=3.28084;function Ge(s){return s.number_format in Mt?Mt[s.number_format]:s.language}function f(s,e,t=0){let n=s.locale.number_format==="none";return new Intl.NumberFormat(n?"en-US":Ge(s.locale),{maximumFractionDigits:t,useGrouping:!n}).format(e)}function Ze(s,e){return new Intl.NumberFormat(Ge(s.locale),{style:"percent",maximumFractionDigits:0}).format(e)}function Et(s){return s.locale.time_zone==="server"?s.config.time_zone:void 0}function _e(s,e){let{time_format:t,language:n}=s.locale,i={hour:"numeric",minute:"2-digit",timeZone:Et(s)};return(t==="12"||t==="24")&&(i.hourCycle=t==="12"?"h12":"h23"),new Intl.DateTimeFormat(t==="system"?void 0:n,i).format(e)}function Dt(s,e,t){let n=(a,l)=>new Intl.DateTimeFormat(s.locale.language,{...l,timeZone:Et(s)}).format(a),i=_e(s,e),r={year:"numeric",month:"numeric",day:"numeric"};if(n(e,r)===n(t,r))return i;let o=t.getTime()-e.getTime()<6*864e5;return`${n(e,o?{weekday:"short"}:{month:"short",day:"numeric"})}, ${i}`}function Ye(s,e,t){let n=new Date(`${e}T12:00:00Z`);return new Intl.DateTimeFormat(s.locale.language,{...t,timeZone:"UTC"}).format(n)}function R(s,e){let t=Math.round(e),n=(i,r,o=0)=>new Intl.NumberFormat(Ge(s.locale),{style:"unit",unit:r,unitDisplay:"short",maximumFractionDigits:o}).format(i);if(t<60)return n(t,"second");if(t>=3600){let i=Math.round(t%3600/60);return`${n(Math.floor(t/3600),"hour")}${i?` ${n(i,"minute")}`:""}`}return n(t/60,"minute",t<600?1:0)}function Je(s){let e=Math.max(0,Math.ceil(s));return`${Math.floor(e/60)}:${String(e%60).padStart(2,"0")}`}function oe(s,e){let{value:t,unit:n}=Ns(s,e);return`${f(s,t)} ${n}`}function Ns(s,e){return s.config.unit_system.length==="mi"?{value:e*Us,unit:"ft"}:{value:e,unit:"m"}}function d(s,e,t={}){return w(s.hass.locale.language,e,t)}function M({hass:s},e,t){switch(e){case"minutes":return R(s,t*60);case"metres":return oe(s,t);case"sessions":case"steps":return T(s.locale.language,`amount.${e}`,t,{count:f(s,t)})}}function Ae(s,e){return(s.hide??[]).includes(e)}var Vs=["share","week","streak","sitting","last","hint"],Is=["compact","standard","tall"];function Se(){return document.documentElement.lang||"en"}var Ht=s=>A(Se(),`editor.${s.name}`)??s.name,Lt=s=>A(Se(),`editor.${s.name}.help`);function Qe(s,e,t=!1){return{select:{mode:t?"list":"dropdown",multiple:t,options:s.map(n=>({value:n,label:w(Se(),`${e}.${n}`)}))}}}var Rt={name:"walkers",selector:{device:{integration:"retrostep",multiple:!0}}};function zt(){let s=(e,t)=>({name:e,selector:{ui_action:{default_action:t}}});return{schema:[Rt,{name:"layout",default:"standard",selector:Qe(Is,"editor.layout")},{name:"hide",selector:Qe(Vs,"editor.hide",!0)},{name:"interactions",type:"expandable",flatten:!0,title:w(Se(),"editor.interactions"),schema:[s("tap_action","more-info"),s("hold_action","none"),s("double_tap_action","none")]}],computeLabel:Ht,computeHelper:Lt}}function Pt(){return{schema:[Rt,{name:"period",selector:Qe(["day","week","month","year"],"history")}],computeLabel:Ht,computeHelper:Lt}}var Xe=class{constructor(e){this.connection=e;this.state={};this.listeners=new Set;this.tried=0}subscribe(e){return this.listeners.add(e),this.unsubscribe||this.start(),e(this.state),()=>{this.listeners.delete(e),this.listeners.size===0&&this.stop()}}retry(e=Date.now()){this.state.error&&this.listeners.size>0&&e-this.tried>1e4&&this.start()}start(){this.tried=Date.now(),this.unsubscribe=this.connection.subscribeMessage(e=>this.set(e),{type:"retrostep/subscribe"}),this.unsubscribe.catch(e=>{this.set({error:e?.code??e?.message??"unknown"})})}stop(){this.unsubscribe?.then(e=>e().catch(()=>{}),()=>{}),this.unsubscribe=void 0,this.state={}}set(e){this.state=e;for(let t of this.listeners)t(e)}},Ot=new WeakMap;function ae(s){let e=Ot.get(s.connection);return e||(e=new Xe(s.connection),Ot.set(s.connection,e)),e}async function Wt(s){let e=()=>{},t=new Promise(r=>e=r),n=await s.connection.subscribeMessage(r=>e(r.walkers),{type:"retrostep/subscribe"}),i=await t;return await n(),i}var Fs={s:1,min:60,h:3600,d:86400,ms:.001},et=class{constructor(e,t){this.hass=e;this.walker=t}state(e){let t=this.id(e),n=t?this.hass.states[t]:void 0;return n&&n.state!=="unavailable"&&n.state!=="unknown"?n:void 0}usable(e){let t=this.id(e);return t&&this.hass.states[t]&&this.hass.states[t].state!=="unavailable"?t:void 0}id(e){return this.walker.entities[e]}number(e){return W(this.state(e)?.state)}seconds(e){let t=this.number(e),n=String(this.state(e)?.attributes.unit_of_measurement??"");return t===void 0?void 0:t*(Fs[n]??60)}moment(e){return Ut(this.state(e)?.state)}isOn(e){return this.state(e)?.state==="on"}attribute(e,t){return this.state(e)?.attributes[t]}};function W(s){if(typeof s!="number"&&(typeof s!="string"||s.trim()===""))return;let e=Number(s);return Number.isFinite(e)?e:void 0}function O(s){return typeof s=="string"&&s!==""?s:void 0}function Ut(s){let e=typeof s=="number"?new Date(s*1e3):new Date(O(s)??NaN);return Number.isNaN(e.getTime())?void 0:e}function Nt(s,e){let t=new et(s,e),n=e.days??[],i=n.at(-1),r=t.number("sensor.backward_steps_today"),o=t.number("sensor.forward_steps_today"),a=t.state("sensor.backward_distance_today"),l=W(a?.state),h=js(e,s,r);return{walker:e,status:h,steps:r??0,forward:o,distance:l===void 0?void 0:{value:l,unit:String(a?.attributes.unit_of_measurement??"m")},walkingS:t.seconds("sensor.backward_minutes_today"),sessions:t.number("sensor.sessions_today"),goal:Bs(t,i?.goal??void 0,r??0),streak:t.number("sensor.goal_streak"),bestStreak:t.number("sensor.best_streak"),walkingBackward:t.isOn("binary_sensor.walking_backward"),cadence:t.number("sensor.cadence"),days:n.map(m=>m===i?{...m,backward:r??m.backward}:m),sitting:qs(t),guided:Ks(t,s,e),startSession:t.usable("button.start_session"),last:e.last_session??void 0,hint:h==="ok"?Zs(s,e,r??0):void 0}}function Vt(s){return[...Object.values(s.entities),...s.pods.flatMap(e=>Object.values(e.entities))]}function js(s,e,t){if(!s.loaded)return"not_loaded";let n=s.entities["sensor.backward_steps_today"];return n?t===void 0||!e.states[n]?"waiting":"ok":"disabled"}function Bs(s,e,t){let n="sensor.daily_goal_progress",i=O(s.attribute(n,"kind"))??e?.kind,r=W(s.attribute(n,"goal"))??e?.value;if(!i||!r)return;let o=W(s.attribute(n,"done"))??e?.done??0,a=i==="steps"?Math.max(t,0):o,l=s.attribute(n,"paused")===!0||e?.status==="paused",h=s.attribute(n,"rest_day")===!0||e?.status==="rest";return{kind:i,value:r,done:a,progress:a/r,met:a>=r||s.isOn("binary_sensor.goal_reached"),status:l?"paused":h?"rest":"active",explanation:O(s.attribute(n,"explanation"))}}function qs(s){let e=s.state("sensor.sitting_state");if(!e)return;let t=s.seconds("sensor.sitting_time"),n=s.seconds("number.sitting_threshold");return{state:e.state,reason:O(e.attributes.reason),minutes:t===void 0?void 0:Math.round(t/60),thresholdMinutes:n?n/60:45,nextReminder:s.moment("sensor.next_reminder"),snoozedUntil:Ut(e.attributes.snoozed_until),snooze:s.usable("button.snooze"),dismiss:s.usable("button.dismiss")}}function Ks(s,e,t){let n=s.state("sensor.coach_stage"),i=s.state("binary_sensor.guided_session");if(!n||n.state==="idle"||i?.state==="off")return;let r=a=>n.attributes[a],o=s.number("sensor.coach_progress")??0;return{stage:n.state,next:O(r("next_stage")),number:W(r("number")),of:W(r("of")),direction:O(r("direction")),waiting:O(r("waiting")),endsAt:s.moment("sensor.coach_time_left"),remaining:W(r("remaining")),unit:O(r("unit")),progress:Math.min(Math.max(o/100,0),1),beatsPerMinute:Gs(e,t),stop:s.usable("button.stop_session")}}function Gs(s,e){for(let t of e.pods)if(s.states[t.entities.Metronome??""]?.state==="on")return W(s.states[t.entities["Metronome rate"]??""]?.state)}function Zs(s,e,t){if(e.pods.length===0)return"no_pod";if(e.pods.every(i=>Ys(s,i.entities)))return"pod_away";let n=(e.days??[]).some(i=>i.backward>0);return t===0&&!n&&!e.last_session?"first_day":void 0}function Ys(s,e){let t=s.states[e.Status??""];if(t)return t.state!=="on";let n=s.states[e["Backward steps"]??""];return!n||n.state==="unavailable"}var Ce=class{constructor(){this.last=new Map;this.until=new Map}follow(e,t,n){if(t!==void 0){let i=this.last.get(e);i!==void 0&&t>i&&this.until.set(e,n+15e3),this.last.set(e,t)}return(this.until.get(e)??0)>n}};function Te(s,e){let t=typeof s.walkers=="string"?[s.walkers]:s.walkers??[];return t.length===0?e:t.map(n=>e.find(i=>[i.device_id,i.slug,i.entry_id].includes(n))).filter(n=>n!==void 0)}var Me=S`
  :host {
    display: block;
    --backward: var(--retrostep-backward-color, var(--primary-color));
    --forward: var(
      --retrostep-forward-color,
      color-mix(in srgb, var(--secondary-text-color) 55%, transparent)
    );
    --met: var(--retrostep-met-color, var(--success-color));
    --due: var(--retrostep-due-color, var(--warning-color));
    --soft: color-mix(in srgb, var(--primary-text-color) 9%, transparent);
    --line: color-mix(in srgb, var(--primary-text-color) 55%, transparent);
  }
  ha-card {
    block-size: 100%;
    box-sizing: border-box;
    overflow: auto;
    container-type: inline-size;
    color: var(--primary-text-color);
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: currentColor;
  }
  .icon.large {
    inline-size: 2rem;
    block-size: 2rem;
    color: var(--secondary-text-color);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .quiet {
    color: var(--secondary-text-color);
  }
  h2,
  h3,
  p,
  ul,
  li {
    margin: 0;
    padding: 0;
    list-style: none;
    font: inherit;
  }
  button {
    font: inherit;
    color: inherit;
    border: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .plain {
    background: none;
    padding: 0;
    margin: 0;
    text-align: start;
    border-radius: 8px;
  }
  .action {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 0 14px;
    border-radius: 18px;
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-color) 16%, transparent);
  }
  .action:hover {
    background: color-mix(in srgb, var(--primary-color) 26%, transparent);
  }
  .action.wide {
    inline-size: 100%;
    min-block-size: 42px;
    border-radius: 21px;
  }
  .message {
    display: flex;
    gap: 16px;
    align-items: center;
    padding: 20px;
  }
  .message p {
    margin-block-start: 4px;
    color: var(--secondary-text-color);
    line-height: 1.4;
  }
  .message .action {
    margin-block-start: 12px;
    text-decoration: none;
    color: inherit;
  }
`,It=S`
  .week {
    display: flex;
    gap: 6px;
  }
  .week li {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    position: relative;
  }
  .column {
    position: relative;
    inline-size: 100%;
    max-inline-size: 34px;
    block-size: 64px;
    display: flex;
    align-items: flex-end;
    margin-block-start: 3px;
  }
  .bar {
    inline-size: 100%;
    min-block-size: 3px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--backward) 50%, transparent);
  }
  .today .bar {
    background: var(--backward);
  }
  .met .bar {
    background: var(--met);
  }
  .column .goal {
    position: absolute;
    inset-inline: -2px;
    block-size: 2px;
    margin-block-end: -1px;
    border-radius: 1px;
    background: var(--line);
  }
  .rest .goal,
  .paused .goal {
    opacity: 0.35;
  }
  .mark {
    block-size: 14px;
    margin-block-start: 5px;
    font-size: 11px;
    color: var(--secondary-text-color);
  }
  .met .mark {
    color: var(--met);
  }
  .week .label {
    font-size: 12px;
    color: var(--secondary-text-color);
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: clip;
    white-space: nowrap;
  }
  .today .label {
    color: var(--primary-text-color);
    font-weight: 600;
  }
  .hours {
    display: flex;
    align-items: flex-end;
    gap: 2px;
    block-size: 44px;
    border-block-end: 1px solid var(--divider-color);
  }
  .hours li {
    flex: 1;
    block-size: 100%;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    position: relative;
  }
  .hours i {
    background: var(--backward);
  }
  .hours i.forward {
    background: var(--forward);
    border-start-start-radius: 3px;
    border-start-end-radius: 3px;
  }
  .axis {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    font-size: 12px;
    color: var(--secondary-text-color);
    margin-block-start: 4px;
  }
`;var Ft=S`
  .facts {
    display: flex;
    gap: 8px 18px;
    flex-wrap: wrap;
  }
  .fact {
    display: flex;
    flex-direction: column;
  }
  .fact b {
    font-weight: 500;
    font-size: var(--ha-font-size-l, 16px);
    font-variant-numeric: tabular-nums;
  }
  .fact span {
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .fact b,
  .chip span,
  .between span,
  .count span,
  .headline {
    unicode-bidi: plaintext;
  }
  .share {
    display: block;
    inline-size: 100%;
  }
  .split {
    display: flex;
    gap: 2px;
    block-size: 8px;
    border-radius: 4px;
    overflow: hidden;
  }
  .split i {
    flex-basis: 0;
    background: var(--forward);
  }
  .split i:first-child {
    background: var(--backward);
  }
  .legend {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 8px;
    margin-block-start: 6px;
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .legend > span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--forward);
  }
  .dot.backward {
    background: var(--backward);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
  }
  .row > .icon {
    color: var(--secondary-text-color);
  }
  .row + .row {
    margin-block-start: -8px;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
    display: block;
  }
  .between {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 10px;
  }
  .gauge {
    display: block;
    block-size: 6px;
    margin-block-start: 6px;
    border-radius: 3px;
    background: var(--soft);
    overflow: hidden;
  }
  .gauge i {
    display: block;
    block-size: 100%;
    border-radius: 3px;
    background: var(--line);
  }
  .sitting.due .gauge i {
    background: var(--due);
  }
  .sitting.due > .icon {
    color: var(--due);
  }
  .sitting.due .between > :first-child {
    font-weight: 500;
  }
  .hint {
    display: flex;
    gap: 10px;
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--soft);
    line-height: 1.4;
  }
  .hint .icon {
    color: var(--secondary-text-color);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .waiting {
    font-weight: 500;
  }
  .metronome {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .metronome i {
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--backward);
    animation: beat 0.6s infinite cubic-bezier(0.1, 0.7, 0.3, 1);
  }
  .compact {
    flex-direction: row;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 6px 10px;
    min-block-size: 56px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: 1;
    min-inline-size: 0;
  }
  .mini {
    position: relative;
    inline-size: 40px;
    block-size: 40px;
    flex: none;
    display: grid;
    place-items: center;
  }
  .mini .arcs {
    position: absolute;
    inset: 0;
    stroke-width: 12;
  }
  .mini .icon {
    font-size: 15px;
    color: var(--secondary-text-color);
  }
  .names {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
  }
  .names > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .names b {
    font-weight: 500;
  }
  .names .quiet {
    font-size: 12px;
  }
  .names .pulse {
    padding: 0 8px 0 2px;
  }
  .big {
    font-size: 22px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  @container (max-width: 480px) {
    .cadence {
      display: none;
    }
  }
  @container (max-width: 340px) {
    .main {
      gap: 14px;
    }
    .ring,
    .plain.ring {
      inline-size: 108px;
      block-size: 108px;
    }
    .count {
      inset: 10px;
    }
    .count b {
      font-size: 27px;
    }
    .count b.small {
      font-size: 23px;
    }
    .walker {
      padding: 14px;
    }
    .compact .chip {
      display: none;
    }
    .main:not(.guided) {
      display: grid;
      grid-template-columns: auto 1fr;
    }
    .main:not(.guided) .side {
      display: contents;
    }
    .main .facts,
    .main .share {
      grid-column: 1 / -1;
    }
    .facts {
      justify-content: space-around;
      text-align: center;
    }
    .fact {
      align-items: center;
    }
  }
  @keyframes halo {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--backward) 60%, transparent);
    }
    to {
      box-shadow: 0 0 0 12px transparent;
    }
  }
  @keyframes run {
    0%,
    100% {
      opacity: 0.25;
    }
    40% {
      opacity: 1;
    }
  }
  @keyframes beat {
    from {
      transform: scale(1.25);
      opacity: 1;
    }
    to {
      transform: scale(0.6);
      opacity: 0.35;
    }
  }
  .pulse .arrows .icon {
    animation: run 1.2s infinite;
  }
  .backward .arrows .icon:nth-child(1),
  .forward .arrows .icon:nth-child(3) {
    animation-delay: 0.4s;
  }
  .backward .arrows .icon:nth-child(2),
  .forward .arrows .icon:nth-child(2) {
    animation-delay: 0.2s;
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse .arrows .icon,
    .metronome i,
    .halo {
      animation: none;
    }
    .arc {
      transition: none;
    }
  }
`;var jt=S`
  .walkers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
    gap: 4px;
  }
  .one {
    container-type: inline-size;
  }
  .walkers.many > * + * {
    border-inline-start: 1px solid var(--divider-color);
  }
  @container (max-width: 580px) {
    .walkers.many > * + * {
      border-inline-start: none;
      border-block-start: 1px solid var(--divider-color);
    }
  }
  .walker {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 16px;
    min-inline-size: 0;
    box-sizing: border-box;
    font-size: var(--ha-font-size-m, 14px);
    line-height: 1.3;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
  }
  h2 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: 500;
    flex: 0 1 auto;
    min-inline-size: 3em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h3 {
    font-weight: 500;
    color: var(--secondary-text-color);
    margin-block-end: 8px;
  }
  .live {
    flex: 1 1 auto;
    min-inline-size: 0;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    flex: none;
    padding: 5px 11px 5px 7px;
    border-radius: 16px;
    background: var(--soft);
    font-weight: 500;
  }
  .chip .icon {
    color: var(--due);
  }
  .pulse {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 5px 11px 5px 5px;
    border-radius: 16px;
    background: color-mix(in srgb, var(--backward) 16%, transparent);
    font-weight: 500;
    box-sizing: border-box;
    overflow: hidden;
    white-space: nowrap;
  }
  .pulse.forward {
    background: var(--soft);
  }
  .cadence {
    font-weight: 400;
    opacity: 0.85;
  }
  .arrows {
    display: inline-flex;
    flex: none;
  }
  .arrows .icon {
    margin-inline: -0.38em;
  }
  .pulse .arrows {
    padding-inline: 0.3em;
  }
  .backward.pulse .arrows,
  .arrows.backward {
    color: var(--backward);
  }
  :host([rtl]) .arrows {
    transform: scaleX(-1);
  }
  .main {
    display: flex;
    align-items: center;
    gap: 20px;
  }
  .side {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  .headline {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
  }
  .plain.ring,
  .ring {
    position: relative;
    flex: none;
    inline-size: 132px;
    block-size: 132px;
    border-radius: 50%;
  }
  .arcs {
    inline-size: 100%;
    block-size: 100%;
    display: block;
    fill: none;
    stroke-width: 11;
    stroke-linecap: round;
  }
  .track {
    stroke: var(--soft);
  }
  .arc {
    stroke: var(--backward);
    transition: stroke-dasharray 0.6s ease;
  }
  .met .arc {
    stroke: var(--met);
  }
  .met .again {
    stroke: color-mix(in srgb, var(--met) 70%, var(--primary-text-color));
  }
  .count {
    position: absolute;
    inset: 14px;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    text-align: center;
  }
  .count b {
    font-size: 34px;
    line-height: 1.1;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
  }
  .count b.small {
    font-size: 28px;
  }
  .count b.tiny {
    font-size: 20px;
  }
  .of {
    font-size: 12px;
    color: var(--secondary-text-color);
    max-inline-size: 78px;
    line-height: 1.2;
  }
  .badge {
    position: absolute;
    inset-inline-end: 4px;
    inset-block-end: 4px;
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    border-radius: 50%;
    background: var(--met);
    color: var(--card-background-color, #fff);
    border: 3px solid var(--ha-card-background, var(--card-background-color, #fff));
    box-sizing: content-box;
    font-size: 12px;
  }
  .halo {
    position: absolute;
    inset: 0;
    border-radius: 50%;
    box-shadow: 0 0 0 0 var(--backward);
    animation: halo 0.9s ease-out;
  }
`;function Bt(s,e){let t=new Set(s.flatMap(o=>o.goal?[o.goal.kind]:[])),n=o=>{if(t.size===0)return{done:o.backward,goal:void 0};if(t.size>1)return o.goal?{done:o.goal.done/o.goal.value,goal:1}:{done:0,goal:void 0};let a=[...t][0]??"steps";return{done:o.goal?Js(o,a):Qs(o,a),goal:o.goal?.value}},i=s.map(n),r=Math.max(1e-9,...i.flatMap(o=>[o.done,o.goal??0]));return s.map((o,a)=>{let l=i[a]??{done:0,goal:void 0};return{day:o,height:l.done/r,goal:l.goal===void 0?void 0:l.goal/r,outcome:Xs(o,e(o))}})}function Js(s,e){return e==="steps"?Math.max(s.backward,s.goal?.done??0):s.goal?.done??0}function Qs(s,e){switch(e){case"minutes":return s.walking_s/60;case"metres":return s.distance_m;case"sessions":return s.sessions??0;default:return s.backward}}function Xs(s,e){return s.goal?s.goal.met||s.goal.kind==="steps"&&s.backward>=s.goal.value?"met":s.goal.status!=="active"?s.goal.status:e?"none":"missed":"none"}function qt(s){return{first:Math.min(Math.max(s,0),1),second:s>1?Math.min(s-1,1):0}}var en={fire:"M17.66 11.2C17.43 10.9 17.15 10.64 16.89 10.38C16.22 9.78 15.46 9.35 14.82 8.72C13.33 7.26 13 4.85 13.95 3C13 3.23 12.17 3.75 11.46 4.32C8.87 6.4 7.85 10.07 9.07 13.22C9.11 13.32 9.15 13.42 9.15 13.55C9.15 13.77 9 13.97 8.8 14.05C8.57 14.15 8.33 14.09 8.14 13.93C8.08 13.88 8.04 13.83 8 13.76C6.87 12.33 6.69 10.28 7.45 8.64C5.78 10 4.87 12.3 5 14.47C5.06 14.97 5.12 15.47 5.29 15.97C5.43 16.57 5.7 17.17 6 17.7C7.08 19.43 8.95 20.67 10.96 20.92C13.1 21.19 15.39 20.8 17.03 19.32C18.86 17.66 19.5 15 18.56 12.72L18.43 12.46C18.22 12 17.66 11.2 17.66 11.2M14.5 17.5C14.22 17.74 13.76 18 13.4 18.1C12.28 18.5 11.16 17.94 10.5 17.28C11.69 17 12.4 16.12 12.61 15.23C12.78 14.43 12.46 13.77 12.33 13C12.21 12.26 12.23 11.63 12.5 10.94C12.69 11.32 12.89 11.7 13.13 12C13.9 13 15.11 13.44 15.37 14.8C15.41 14.94 15.43 15.08 15.43 15.23C15.46 16.05 15.1 16.95 14.5 17.5H14.5Z",shoePrint:"M10.74,11.72C11.21,12.95 11.16,14.23 9.75,14.74C6.85,15.81 6.2,13 6.16,12.86L10.74,11.72M5.71,10.91L10.03,9.84C9.84,8.79 10.13,7.74 10.13,6.5C10.13,4.82 8.8,1.53 6.68,2.06C4.26,2.66 3.91,5.35 4,6.65C4.12,7.95 5.64,10.73 5.71,10.91M17.85,19.85C17.82,20 17.16,22.8 14.26,21.74C12.86,21.22 12.8,19.94 13.27,18.71L17.85,19.85M20,13.65C20.1,12.35 19.76,9.65 17.33,9.05C15.22,8.5 13.89,11.81 13.89,13.5C13.89,14.73 14.17,15.78 14,16.83L18.3,17.9C18.38,17.72 19.89,14.94 20,13.65Z",seat:"M15,5V12H9V5H15M15,3H9A2,2 0 0,0 7,5V14H17V5A2,2 0 0,0 15,3M22,10H19V13H22V10M5,10H2V13H5V10M20,15H4V21H6V17H18V21H20V15Z",check:"M9,20.42L2.79,14.21L5.62,11.38L9,14.77L18.88,4.88L21.71,7.71L9,20.42Z",pause:"M14,19H18V5H14M6,19H10V5H6V19Z",rest:"M17.75,4.09L15.22,6.03L16.13,9.09L13.5,7.28L10.87,9.09L11.78,6.03L9.25,4.09L12.44,4L13.5,1L14.56,4L17.75,4.09M21.25,11L19.61,12.25L20.2,14.23L18.5,13.06L16.8,14.23L17.39,12.25L15.75,11L17.81,10.95L18.5,9L19.19,10.95L21.25,11M18.97,15.95C19.8,15.87 20.69,17.05 20.16,17.8C19.84,18.25 19.5,18.67 19.08,19.07C15.17,23 8.84,23 4.94,19.07C1.03,15.17 1.03,8.83 4.94,4.93C5.34,4.53 5.76,4.17 6.21,3.85C6.96,3.32 8.14,4.21 8.06,5.04C7.79,7.9 8.75,10.87 10.95,13.06C13.14,15.26 16.1,16.22 18.97,15.95M17.33,17.97C14.5,17.81 11.7,16.64 9.53,14.5C7.36,12.31 6.2,9.5 6.04,6.68C3.23,9.82 3.34,14.64 6.35,17.66C9.37,20.67 14.19,20.78 17.33,17.97Z",chevronLeft:"M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z",chevronRight:"M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z",snooze:"M10,21H14A2,2 0 0,1 12,23A2,2 0 0,1 10,21M21,19V20H3V19L5,17V11C5,7.9 7.03,5.17 10,4.29C10,4.19 10,4.1 10,4A2,2 0 0,1 12,2A2,2 0 0,1 14,4C14,4.1 14,4.19 14,4.29C16.97,5.17 19,7.9 19,11V17L21,19M17,11A5,5 0 0,0 12,6A5,5 0 0,0 7,11V18H17V11M9,9V11H12.24L9,13.7V16H15V14H11.76L15,11.3V9H9Z",play:"M8,5.14V19.14L19,12.14L8,5.14Z",stop:"M18,18H6V6H18V18Z",metronome:"M12,1.75L8.57,2.67L4.06,19.53C4.03,19.68 4,19.84 4,20C4,21.11 4.89,22 6,22H18C19.11,22 20,21.11 20,20C20,19.84 19.97,19.68 19.94,19.53L18.58,14.42L17,16L17.2,17H13.41L16.25,14.16L14.84,12.75L10.59,17H6.8L10.29,4H13.71L15.17,9.43L16.8,7.79L15.43,2.67L12,1.75M11.25,5V14.75L12.75,13.25V5H11.25M19.79,7.8L16.96,10.63L16.25,9.92L14.84,11.34L17.66,14.16L19.08,12.75L18.37,12.04L21.2,9.21L19.79,7.8Z",alert:"M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z",walk:"M14.12,10H19V8.2H15.38L13.38,4.87C13.08,4.37 12.54,4.03 11.92,4.03C11.74,4.03 11.58,4.06 11.42,4.11L6,5.8V11H7.8V7.33L9.91,6.67L6,22H7.8L10.67,13.89L13,17V22H14.8V15.59L12.31,11.05L13.04,8.18M14,3.8C15,3.8 15.8,3 15.8,2C15.8,1 15,0.2 14,0.2C13,0.2 12.2,1 12.2,2C12.2,3 13,3.8 14,3.8Z",clock:"M13.5,8H12V13L16.28,15.54L17,14.33L13.5,12.25V8M13,3A9,9 0 0,0 4,12H1L4.96,16.03L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.07,19 9.32,18.21 8.06,16.94L6.64,18.36C8.27,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3",info:"M11,9H13V7H11M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M11,17H13V11H11V17Z",bell:"M10 21H14C14 22.1 13.1 23 12 23S10 22.1 10 21M21 19V20H3V19L5 17V11C5 7.9 7 5.2 10 4.3V4C10 2.9 10.9 2 12 2S14 2.9 14 4V4.3C17 5.2 19 7.9 19 11V17L21 19M17 11C17 8.2 14.8 6 12 6S7 8.2 7 11V18H17V11Z"};function g(s,e=""){return we`<svg class="icon ${e}" viewBox="0 0 24 24" aria-hidden="true"><path d=${en[s]}></path></svg>`}var Kt={met:"check",paused:"pause",rest:"rest"};function tn(s,e){let{day:t}=e,n={day:Ye(s.hass,t.date,{weekday:"long"}),done:t.goal?M(s,t.goal.kind,t.goal.kind==="steps"?t.backward:t.goal.done):M(s,"steps",t.backward)};if(!t.goal)return d(s,"week.day",n);let i=d(s,"week.day.goal",{...n,goal:M(s,t.goal.kind,t.goal.value)});return e.outcome==="none"?i:`${i}, ${d(s,`week.${e.outcome}`)}`}function Gt(s,e){let{days:t,walker:n}=e;if(t.length===0)return u;let i=Bt(t,r=>r.date===n.today?.date);return c`<ul class="week" aria-label=${d(s,"week")}>
    ${i.map(r=>{let o=r.day.date===n.today?.date,a=r.outcome in Kt?Kt[r.outcome]:void 0,l=tn(s,r);return c`<li class="${r.outcome} ${o?"today":""}" title=${l}>
        <span class="column" aria-hidden="true">
          <i class="bar" style="block-size:${(r.height*100).toFixed(1)}%"></i>
          ${r.goal===void 0?u:c`<i class="goal" style="inset-block-end:${(r.goal*100).toFixed(1)}%"></i>`}
        </span>
        <span class="mark" aria-hidden="true">${a?g(a):u}</span>
        <span class="label" aria-hidden="true"
          >${Ye(s.hass,r.day.date,{weekday:"short"})}</span
        >
        <span class="hidden">${l}</span>
      </li>`})}
  </ul>`}function Zt(s,e){let t=sn(e.walker,e.walker.today?.zone),n=Math.max(0,...t.map(r=>r.backward+r.forward));if(n===0)return u;let i=r=>new Intl.DateTimeFormat(s.hass.locale.language,{hour:"numeric",timeZone:"UTC",...s.hass.locale.time_format==="24"?{hourCycle:"h23"}:{}}).format(new Date(Date.UTC(2e3,0,1,r)));return c`<div class="block">
    <h3>${d(s,"hours")}</h3>
    <ul class="hours">
      ${t.map(({hour:r,backward:o,forward:a})=>{let l=d(s,"hours.label",{hour:i(r),backward:f(s.hass,o),forward:f(s.hass,a)}),h=m=>`block-size:${(m/n*100).toFixed(1)}%`;return c`<li title=${l}>
          <i class="forward" style=${h(a)}></i><i class="backward" style=${h(o)}></i>
          ${o+a>0?c`<span class="hidden">${l}</span>`:u}
        </li>`})}
    </ul>
    <div class="axis" aria-hidden="true">
      ${[0,6,12,18].map(r=>c`<span>${i(r)}</span>`)}
    </div>
  </div>`}function sn(s,e){let t=Array.from({length:24},(i,r)=>({hour:r,backward:0,forward:0})),n=new Intl.DateTimeFormat("en-GB",{hour:"2-digit",hourCycle:"h23",timeZone:e});for(let{start:i,backward:r,forward:o}of s.hours??[]){let a=t[Number(n.format(new Date(i)))];a&&(a.backward+=r,a.forward+=o)}return t}var Yt=s=>(...e)=>({_$litDirective$:s,values:e}),Ee=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:Ji}=St;var nn={},Jt=(s,e=nn)=>s._$AH=e;var Qt=Yt(class extends Ee{constructor(){super(...arguments),this.key=u}render(s,e){return this.key=s,e}update(s,[e,t]){return e!==this.key&&(Jt(s),this.key=e),t}});var Xt=52,rn=new Set(["sitting","due","snoozed"]);function E(s,e,t,n){if(!e)return c`<div class=${t}>${n}</div>`;let{down:i,cancel:r,click:o}=s.press(e);return c`<button
    type="button"
    class="plain ${t}"
    @pointerdown=${i}
    @pointercancel=${r}
    @pointerleave=${r}
    @click=${o}
  >
    ${n}
  </button>`}function le(s,e=""){let{first:t,second:n}=qt(s),i=(r,o)=>r>0?we`<circle class=${o} cx="60" cy="60" r=${Xt} pathLength="100" stroke-dasharray="${r*100} 100"></circle>`:u;return c`<svg class="arcs ${e}" viewBox="0 0 120 120" aria-hidden="true">
    <circle class="track" cx="60" cy="60" r=${Xt}></circle>
    <g transform="translate(120 0) scale(-1 1) rotate(-90 60 60)">
      ${i(t,"arc")} ${i(n,"arc again")}
    </g>
  </svg>`}function es(s,e){let{hass:t}=s,{goal:n,steps:i,walkingBackward:r}=e,o=n?d(s,"of_goal",{goal:M(s,n.kind,n.value)}):T(t.locale.language,"fact.steps",i),a=!n||n.kind==="steps"?f(t,i):on(s,e),l=a.length>6?"tiny":a.length>4?"small":"",h=c`
    ${le(n?n.progress:0,n?.met?"met":"")}
    ${r?Qt(i,c`<span class="halo"></span>`):u}
    <span class="count"><b class=${l}>${a}</b> <span class="of">${o}</span></span>
    ${n?c`<span class="hidden">, ${Ze(t,n.progress)}</span>`:u}
    ${n?.met?c`<span class="badge">${g("check")}</span>`:u}
  `,m=e.walker.entities;return E(s,m["sensor.backward_steps_today"]??m["sensor.daily_goal_progress"],"ring",h)}function on(s,e){let t=e.goal;if(!t)return"";let n=t.kind==="minutes"&&t.done<10?1:0;return t.kind==="metres"?oe(s.hass,t.done).split(" ")[0]??"":f(s.hass,t.done,n)}function tt(s,e){let{goal:t}=e;return t?t.met?t.progress>=1.1?`${d(s,"goal_reached")} · ${Ze(s.hass,t.progress)}`:d(s,"goal_reached"):t.status!=="active"?d(s,t.status==="paused"?"paused":"rest_day"):d(s,"to_go",{amount:M(s,t.kind,Math.max(t.value-t.done,0))}):d(s,"no_goal")}function ts(s,e){let{hass:t}=s,{entities:n}=e.walker,{language:i}=t.locale,r=[[d(s,"fact.distance"),e.distance&&`${f(t,e.distance.value,e.distance.value<10?1:0)} ${e.distance.unit}`,n["sensor.backward_distance_today"]],[d(s,"fact.time"),e.walkingS===void 0?void 0:R(t,e.walkingS),n["sensor.backward_minutes_today"]],[T(i,"fact.sessions",e.sessions??0),e.sessions===void 0?void 0:f(t,e.sessions),n["sensor.sessions_today"]]];return e.goal&&e.goal.kind!=="steps"&&(r[2]=[T(i,"fact.steps",e.steps),f(t,e.steps),n["sensor.backward_steps_today"]]),c`<div class="facts">
    ${r.map(([o,a,l])=>a===void 0?u:E(s,l,"fact",c`<b>${a}</b> <span>${o}</span>`))}
  </div>`}function ss(s,e){let{steps:t,forward:n}=e;if(n===void 0||t+n===0)return u;let{hass:i}=s,r=t/(t+n),o=`${d(s,"backward")} ${f(i,t)}`,a=`${d(s,"forward")} ${f(i,n)}`;return E(s,e.walker.entities["sensor.backward_share_today"]??e.walker.entities["sensor.forward_steps_today"],"share",c`<span class="split"><i style="flex-grow:${r}"></i><i style="flex-grow:${1-r}"></i></span>
      <span class="legend">
        <span><i class="dot backward"></i>${o}</span>
        <span>${a}<i class="dot forward"></i></span>
      </span>`)}function st(s,e){return s.walkingBackward?"backward":e?"forward":void 0}function nt(s,e,t,n=!1){let i=st(e,t);if(!i)return u;let r=g(i==="backward"?"chevronLeft":"chevronRight"),o=e.cadence&&i==="backward"&&!n?c`<span class="cadence"
          >${d(s,"cadence",{rate:f(s.hass,e.cadence)})}</span
        >`:u;return c`<span class="pulse ${i}">
    <span class="arrows">${r}${r}${r}</span>
    <span>${d(s,`pulse.${i}`)}</span>
    ${o}
  </span>`}function it(s,e){let t=e.streak;if(!t||t<1)return u;let{language:n}=s.hass.locale,i={days:f(s.hass,t)},r=e.bestStreak&&e.bestStreak>t?`, ${d(s,"streak.best",{days:f(s.hass,e.bestStreak)})}`:"",o=T(n,"streak",t,i)+r;return E(s,e.walker.entities["sensor.goal_streak"],"chip",c`${g("fire")}<span class="hidden">${o}:</span
      ><span>${T(n,"streak.short",t,i)}</span>`)}function an(s,e){let{hass:t}=s,n=t.locale.language;switch(e.state){case"sitting":return d(s,"sitting.value",{minutes:R(t,(e.minutes??0)*60)});case"due":return d(s,"sitting.due");case"snoozed":return e.snoozedUntil??e.nextReminder?d(s,"sitting.snoozed",{time:_e(t,e.snoozedUntil??e.nextReminder)}):d(s,"snooze");case"quiet":return A(n,`sitting.quiet.${e.reason??""}`)??d(s,"sitting.quiet");default:return A(n,`sitting.${e.state}`)??d(s,"sitting.unknown")}}function ns(s,e){let t=e.sitting;if(!t)return u;let{hass:n}=s,{name:i,entities:r}=e.walker,o=t.minutes===void 0?0:Math.min(t.minutes/t.thresholdMinutes,1),a=an(s,t),l=t.nextReminder&&t.state==="sitting"?d(s,"sitting.next",{time:_e(n,t.nextReminder)}):t.state==="due"&&t.minutes!==void 0?d(s,"sitting.value",{minutes:R(n,t.minutes*60)}):"",h=t.snooze&&(t.state==="due"||t.state==="sitting"),m=(p,b)=>c`<button
      type="button"
      class="action"
      aria-label=${d(s,"button.label",{action:d(s,p),name:i})}
      @click=${()=>{s.push(b)}}
    >
      ${d(s,p)}
    </button>`;return c`<div class="row sitting ${t.state}">
    ${g("seat")}
    ${E(s,r["sensor.sitting_time"]??r["sensor.sitting_state"],"grow",c`<span class="between"><span>${a}</span><span class="quiet">${l}</span></span> ${rn.has(t.state)?c`<span class="gauge"><i style="inline-size:${(o*100).toFixed(1)}%"></i></span>`:u}`)}
    ${h&&t.snooze?m("snooze",t.snooze):u}
    ${t.state==="due"&&t.dismiss?m("dismiss",t.dismiss):u}
  </div>`}function is(s,e){let{last:t,walker:n}=e;if(!t)return u;let{hass:i}=s,r=new Date(t.start),o=(new Date(t.end).getTime()-r.getTime())/1e3,a=[R(i,o),M(s,"steps",t.steps),oe(i,t.distance_m)].join(" · "),l=Dt(i,r,s.now);return c`<div class="row">
    ${g("clock")}
    ${E(s,n.entities["sensor.last_session"],"grow",c`<span class="between">
        <span>${d(s,"last")} <span class="quiet">${l}</span></span
        ><span class="quiet">${a}</span>
      </span>`)}
  </div>`}function rs(s,e){let t=e.replaceAll("_"," ");return A(s.hass.locale.language,`stage.${e}`)??t.charAt(0).toUpperCase()+t.slice(1)}function rt(s,e){if(e.endsAt&&!e.waiting)return Je((e.endsAt.getTime()-s.now.getTime())/1e3);if(e.remaining===void 0)return"";if(e.unit===void 0||e.unit==="seconds")return Je(e.remaining);let n={steps:"steps",metres:"metres"}[e.unit];return n?M(s,n,e.remaining):f(s.hass,e.remaining)}function os(s,e,t){let{walker:n}=e,i=rs(s,t.stage),r=t.waiting&&A(s.hass.locale.language,`session.waiting.${t.waiting}`),o=t.number&&t.of?d(s,"session.stage_of",{number:String(t.number),of:String(t.of)}):"",a=rt(s,t),l=t.beatsPerMinute,h=t.direction==="forward"||t.direction==="backward"?t.direction:void 0;return c`<div class="main guided">
    ${E(s,n.entities["sensor.coach_stage"],"ring",c`${le(t.progress)}
        <span class="hidden">${d(s,"session")}: ${i},</span>
        <span class="count"
          ><b class=${a.length>6?"tiny":"small"}>${a||i}</b
          ><span class="of">${a?d(s,"session.left"):""}</span></span
        >`)}
    <div class="side">
      <span class="quiet">${d(s,"session")}${o?` · ${o}`:""}</span>
      <strong class="headline" role="status">
        ${h?c`<span class="arrows ${h}" aria-hidden="true"
                >${g(h==="backward"?"chevronLeft":"chevronRight")}</span
              >`:u}
        ${i}
      </strong>
      ${r?c`<span class="waiting">${r}</span>`:u}
      ${t.next?c`<span class="quiet"
              >${d(s,"session.next",{stage:rs(s,t.next)})}</span
            >`:u}
      <span class="tools">
        ${l?c`<span class="metronome"
                ><i style="animation-duration:${(60/l).toFixed(3)}s"></i>${g("metronome")}
                ${d(s,"session.metronome",{rate:f(s.hass,l)})}</span
              >`:u}
        ${t.stop?ln(s,e,t.stop):u}
      </span>
    </div>
  </div>`}function ln(s,e,t){let n=d(s,"button.label",{action:d(s,"session.stop"),name:e.walker.name});return c`<button
    type="button"
    class="action"
    aria-label=${n}
    @click=${()=>{s.push(t)}}
  >
    ${g("stop")}${d(s,"session.stop")}
  </button>`}function as(s,e){let t=e.startSession;if(!t||e.guided)return u;let n=d(s,"session.start");return c`<button
    type="button"
    class="action wide"
    aria-label=${d(s,"button.label",{action:n,name:e.walker.name})}
    @click=${()=>{s.push(t)}}
  >
    ${g("play")}${n}
  </button>`}function z(s,e,t=u){return c`<div class="message">
    ${g("info","large")}
    <div>
      <strong>${s}</strong>
      <p>${e}</p>
      ${t}
    </div>
  </div>`}function ls(s,e,t){let{name:n}=e.walker;return e.status!=="ok"?z(d(s,`${e.status}.title`,{name:n}),d(s,`${e.status}.text`,{name:n})):s.config.layout==="compact"?un(s,e,t):cn(s,e,t)}function dn(s,e){return!e.hint||Ae(s.config,"hint")?u:c`<p class="hint">
    ${g("info")}<span>${d(s,e.hint,{name:e.walker.name})}</span>
  </p>`}function cn(s,e,t){let{config:n}=s,i=(o,a)=>Ae(n,o)?u:a,r=n.layout==="tall";return c`<div class="walker" role="group" aria-label=${e.walker.name}>
    <div class="head">
      <h2>${e.walker.name}</h2>
      <span class="live" role="status">${nt(s,e,t)}</span>
      ${i("streak",it(s,e))}
    </div>
    ${e.guided?os(s,e,e.guided):c`<div class="main">
            ${es(s,e)}
            <div class="side">
              <strong class="headline">${tt(s,e)}</strong>
              ${ts(s,e)} ${i("share",ss(s,e))}
            </div>
          </div>`}
    ${r&&!e.guided&&e.goal?.explanation?c`<p class="quiet">${e.goal.explanation}</p>`:u}
    ${i("week",Gt(s,e))} ${r?Zt(s,e):u}
    ${i("sitting",ns(s,e))} ${i("last",is(s,e))}
    ${dn(s,e)} ${r?as(s,e):u}
  </div>`}function un(s,e,t){let{goal:n,guided:i}=e,r=st(e,t),o=e.sitting?.state==="due"?d(s,"sitting.due"):void 0,a=i?`${d(s,"session")} · ${rt(s,i)}`:o,l=a??(r?d(s,`pulse.${r}`):tt(s,e)),h=a||!r?l:c`<span class="live">${nt(s,e,t,!0)}</span>`,m=i?i.progress:n?.progress??0,p=e.walkingS?`, ${R(s.hass,e.walkingS)}`:"";return c`<div class="walker compact" role="group" aria-label=${e.walker.name}>
    ${E(s,e.walker.entities["sensor.backward_steps_today"],"line",c`<span class="mini"
          >${le(m,n?.met?"met":"")}${g(n?.met?"check":"shoePrint")}</span
        >
        <span class="names"><b>${e.walker.name}</b><span class="quiet">${h}</span></span>
        <span class="big">${f(s.hass,e.steps)}</span>
        <span class="hidden"
          >${T(s.hass.locale.language,"steps_backward",e.steps)}${p}</span
        >`)}
    ${Ae(s.config,"streak")?u:it(s,e)}
  </div>`}var hn=1e3,ds={compact:1,standard:6,tall:9},mn="/config/integrations/integration/retrostep",D=class extends C{constructor(){super(...arguments);this.feed={};this.tick=0;this.motion=new Ce;this.gestures=new Map;this.texts=new Z(this)}static{this.styles=[Me,jt,Ft,It]}static getConfigForm(){return zt()}static getStubConfig(){return{layout:"standard"}}setConfig(t){let n=ot(t);if(n)throw new Error(w(this.hass?.locale.language??"en","error.config",{detail:n}));this.config={...t,layout:t.layout??"standard"}}getCardSize(){return ds[this.config?.layout??"standard"]}getGridOptions(){return this.config?.layout==="compact"?{columns:12,rows:"auto",min_columns:6,min_rows:1}:{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.subscribe()}disconnectedCallback(){super.disconnectedCallback(),this.unsubscribe?.(),this.unsubscribe=void 0,this.connection=void 0,window.clearInterval(this.clock),window.clearTimeout(this.fade),this.clock=void 0}subscribe(){!this.hass||!this.isConnected||this.connection===this.hass.connection||(this.unsubscribe?.(),this.connection=this.hass.connection,this.unsubscribe=ae(this.hass).subscribe(t=>{this.feed=t}))}shouldUpdate(t){if(t.size>1||!t.has("hass"))return!0;let n=t.get("hass"),i=this.hass;return!n||!i||n.locale!==i.locale||n.config!==i.config?!0:this.walkers().some(r=>Vt(r).some(o=>n.states[o]!==i.states[o]))}willUpdate(t){t.has("hass")&&(this.subscribe(),this.feed.error&&this.hass?.config.components.includes("retrostep")&&ae(this.hass).retry(),this.toggleAttribute("rtl",getComputedStyle(this).direction==="rtl"))}walkers(){return Te(this.config??{},this.feed.walkers??[])}render(){let{hass:t,config:n}=this;if(!t||!n)return u;let i={hass:t,config:n,now:new Date,many:this.walkers().length>1,press:r=>this.press(r),push:r=>{this.push(r)}};try{return c`<ha-card>${this.content(i)}${this.complaint(i)}</ha-card>`}catch(r){return c`<ha-card>
        ${z(d(i,"error.title"),d(i,"error.render",{detail:String(r)}))}
      </ha-card>`}}content(t){let{error:n,walkers:i}=this.feed;if(n){let l=n==="unknown_command"?d(t,"error.not_set_up"):d(t,"error.failed",{detail:n});return z(d(t,"error.title"),l)}if(!i)return c`<div class="message">
        <span class="quiet" role="status">${d(t,"loading")}</span>
      </div>`;let r=this.walkers();if(r.length===0)return z(d(t,"none.title"),d(t,i.length?"none.chosen":"none.text"),c`<a class="action" href=${mn}>${d(t,"none.open")}</a>`);let o=r.map(a=>Nt(t.hass,a));return this.keepTime(o),c`<div class="walkers ${t.many?"many":""}">
      ${o.map(a=>c`<div class="one">${ls(t,a,this.walksForward(a))}</div>`)}
    </div>`}complaint(t){return this.failure?c`<p class="hint" role="alert">${d(t,"action.failed",{detail:this.failure})}</p>`:u}walksForward(t){let n=this.motion.follow(t.walker.entry_id,t.forward,Date.now());return n&&(window.clearTimeout(this.fade),this.fade=window.setTimeout(()=>this.tick+=1,15050)),n}keepTime(t){let n=t.some(i=>i.guided?.endsAt&&!i.guided.waiting);n&&this.clock===void 0?this.clock=window.setInterval(()=>this.tick+=1,hn):n||(window.clearInterval(this.clock),this.clock=void 0)}press(t){let n=t??"",i=this.gestures.get(n);i||(i=new $e(this,()=>this.config),this.gestures.set(n,i));let r=i;return{down:()=>r.down(t),cancel:()=>r.cancel(),click:()=>r.click(t)}}async push(t){this.failure=void 0;try{await this.hass?.callService("button","press",{entity_id:t})}catch(n){this.failure=n instanceof Error?n.message:String(n.message)}}};y([q({attribute:!1})],D.prototype,"hass",2),y([q({attribute:!1})],D.prototype,"layout",2),y([v()],D.prototype,"config",2),y([v()],D.prototype,"feed",2),y([v()],D.prototype,"failure",2),y([v()],D.prototype,"tick",2);function ot(s){if(!s||typeof s!="object")return"no configuration";let{layout:e,walkers:t,hide:n}=s;if(e!==void 0&&!(e in ds))return`layout: ${String(e)} (compact, standard, tall)`;let i=typeof t=="string"?[t]:t??[];return!Array.isArray(i)||i.some(r=>typeof r!="string")?"walkers: a list of devices or names":n!==void 0&&!Array.isArray(n)?"hide: a list":void 0}var De=["day","week","month","year"];var fn=["sunday","monday","tuesday","wednesday","thursday","friday","saturday"];function gn(s,e){let t=new Intl.DateTimeFormat("en-CA",{timeZone:e,year:"numeric",month:"2-digit",day:"2-digit"}).format(s),[n=1970,i=1,r=1]=t.split("-").map(Number);return{year:n,month:i,day:r}}function bn({year:s,month:e,day:t},n){let i=Date.UTC(s,e-1,t),r=i;for(let o=0;o<2;o+=1)r=i-yn(new Date(r),n);return new Date(r)}function yn(s,e){let t=new Intl.DateTimeFormat("en-US",{timeZone:e,hourCycle:"h23",year:"numeric",month:"numeric",day:"numeric",hour:"numeric",minute:"numeric",second:"numeric"}).formatToParts(s),n=r=>Number(t.find(o=>o.type===r)?.value);return Date.UTC(n("year"),n("month")-1,n("day"),n("hour"),n("minute"),n("second"))-Math.floor(s.getTime()/1e3)*1e3}function U({year:s,month:e,day:t},n,i=0){let r=new Date(Date.UTC(s,e-1+i,t+n));return{year:r.getUTCFullYear(),month:r.getUTCMonth()+1,day:r.getUTCDate()}}function cs(s,e){let t=fn.indexOf(s??"");return t>=0?t:(new Intl.Locale(e).weekInfo?.firstDay??1)%7}function us(s,e,t,n,i){let r=gn(t,n),o=p=>bn(p,n);if(s==="day"){let[p,b]=[o(U(r,-e)),o(U(r,1-e))],$=Math.round((b.getTime()-p.getTime())/36e5),P=Array.from({length:$},(Pe,k)=>new Date(p.getTime()+k*36e5));return{start:p,end:b,slots:P,slot:"hour"}}let a,l;if(s==="week"){let p=new Date(Date.UTC(r.year,r.month-1,r.day)).getUTCDay();a=U(r,-((p-i+7)%7)-7*e),l=U(a,7)}else s==="month"?(a=U({...r,day:1},0,-e),l=U(a,0,1)):(a={year:r.year-e,month:1,day:1},l={year:r.year-e+1,month:1,day:1});let h=s==="year",m=[];for(let p=a;o(p)<o(l);p=h?U(p,0,1):U(p,1))m.push(o(p));return{start:o(a),end:o(l),slots:m,slot:h?"month":"day"}}function ps(s,e){let t=Math.min(s.end.getTime(),e.getTime());return Math.max(1,Math.ceil((t-s.start.getTime())/864e5))}function He(s,e){let t=s.slots.map(()=>0);for(let{start:n,change:i}of e){let r=s.slots.findLastIndex(o=>o.getTime()<=n);r>=0&&n<s.end.getTime()&&(t[r]=(t[r]??0)+(i??0))}return t}function at(s,e,t,n){let i=t.map(o=>({start:Date.parse(o.start),change:o[n]})),r=He(s,i);return e.map((o,a)=>Math.max(o,r[a]??0))}var hs=S`
  .history {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 16px;
    font-size: var(--ha-font-size-m, 14px);
  }
  .tools,
  .moves,
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tabs {
    display: inline-flex;
    padding: 3px;
    border-radius: 19px;
    background: var(--soft);
  }
  .tabs button {
    padding: 0 12px;
    min-block-size: 32px;
    border-radius: 16px;
    background: none;
  }
  .tabs button[aria-pressed="true"] {
    background: var(--ha-card-background, var(--card-background-color));
    font-weight: 500;
    box-shadow: 0 1px 2px rgb(0 0 0 / 20%);
  }
  .moves {
    gap: 2px;
    flex-wrap: nowrap;
  }
  .when {
    min-inline-size: 6em;
    text-align: center;
  }
  .round {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: none;
    font-size: 18px;
  }
  .round:hover {
    background: var(--soft);
  }
  .round:disabled {
    opacity: 0.3;
    cursor: default;
    background: none;
  }
  :host(:dir(rtl)) .round .icon {
    transform: scaleX(-1);
  }
  h2 {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: 500;
  }
  .plot {
    position: relative;
    margin-block-start: 12px;
    padding-block-start: 22px;
  }
  .top {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    font-size: 12px;
    color: var(--secondary-text-color);
    padding-block-end: 2px;
    border-block-end: 1px dashed var(--divider-color);
  }
  .plot ul {
    display: flex;
    align-items: flex-end;
    gap: 3px;
    block-size: 120px;
    border-block-end: 1px solid var(--divider-color);
  }
  .plot ul.week,
  .plot ul.year {
    gap: 8px;
  }
  .plot li {
    flex: 1;
    block-size: 100%;
    min-inline-size: 0;
    position: relative;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    align-items: center;
  }
  .plot li.chosen {
    background: var(--soft);
  }
  .plot i {
    inline-size: 100%;
    max-inline-size: 40px;
    background: var(--backward);
  }
  .plot i.forward {
    background: var(--forward);
    border-start-start-radius: 4px;
    border-start-end-radius: 4px;
  }
  .axis {
    display: flex;
    gap: 3px;
    margin-block-start: 6px;
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .axis.week,
  .axis.year {
    gap: 8px;
  }
  .axis span {
    flex: 1 1 0;
    inline-size: 0;
    white-space: nowrap;
  }
  .axis.week span,
  .axis.year span {
    text-align: center;
  }
  .empty {
    color: var(--secondary-text-color);
    margin-block: 12px;
    line-height: 1.4;
  }
`;var ms=6e4,x=class extends C{constructor(){super(...arguments);this.feed={};this.period="week";this.back=0;this.chosen="";this.asked="";this.askedAt=0;this.texts=new Z(this)}static{this.styles=[Me,hs]}static getConfigForm(){return Pt()}static getStubConfig(){return{period:"week"}}setConfig(t){let i=t.period!==void 0&&!De.includes(t.period)?`period: ${String(t.period)} (${De.join(", ")})`:ot(t);if(i)throw new Error(w(this.hass?.locale.language??"en","error.config",{detail:i}));this.config=t,this.period=t.period??"week",this.back=0}getCardSize(){return 5}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.subscribe()}disconnectedCallback(){super.disconnectedCallback(),this.unsubscribe?.(),this.connection=void 0,window.clearTimeout(this.later)}subscribe(){!this.hass||!this.isConnected||this.connection===this.hass.connection||(this.unsubscribe?.(),this.connection=this.hass.connection,this.unsubscribe=ae(this.hass).subscribe(t=>{this.feed=t}))}shouldUpdate(t){let n=t.get("hass");return t.size>1||!t.has("hass")||n?.locale!==this.hass?.locale}willUpdate(){this.subscribe()}updated(){this.load()}walkers(){return Te(this.config??{},this.feed.walkers??[])}span(t){let n=this.hass,i=cs(n.locale.first_weekday,n.locale.language);return us(this.period,this.back,t,n.config.time_zone,i)}load(){let t=this.walkers();if(!this.hass||t.length===0)return;let n=Date.now(),i=this.span(new Date(n)),r=[this.period,i.start.getTime(),...t.map(l=>l.slug)].join(" "),o=JSON.stringify(t.map(l=>[l.hours,l.days]));if(this.asked===`${r} ${o}`)return;let a=!this.asked.startsWith(`${r} `);if(window.clearTimeout(this.later),!a&&n-this.askedAt<ms){this.later=window.setTimeout(()=>this.load(),ms-(n-this.askedAt));return}this.asked=`${r} ${o}`,this.askedAt=n,this.fetch(t,i,this.asked)}async fetch(t,n,i){let r=(o,a)=>`retrostep:${o.slug}_${a}_steps`;try{let o=await this.hass.callWS({type:"recorder/statistics_during_period",start_time:n.start.toISOString(),end_time:n.end.toISOString(),period:n.slot,statistic_ids:t.flatMap(a=>[r(a,"backward"),r(a,"forward")]),types:["change"]});if(i!==this.asked)return;this.problem=void 0,this.bars=t.map(a=>({walker:a,span:n,backward:He(n,o[r(a,"backward")]??[]),forward:He(n,o[r(a,"forward")]??[])}))}catch(o){this.problem=String(o.message??o)}}render(){let{hass:t,config:n}=this;return!t||!n?u:c`<ha-card>${this.content({hass:t})}</ha-card>`}content(t){if(this.feed.error)return z(d(t,"error.title"),d(t,"error.not_set_up"));if(!this.feed.walkers)return c`<div class="message"><span class="quiet">${d(t,"loading")}</span></div>`;if(this.walkers().length===0){let i=this.feed.walkers.length>0;return z(d(t,"none.title"),d(t,i?"none.chosen":"none.text"))}let n=this.problem?z(d(t,"error.title"),d(t,"error.statistics",{detail:this.problem})):(this.bars??[]).map(i=>this.chart(t,this.live(i)));return c`<div class="history">${this.tools(t)} ${n}</div>`}live(t){let n=this.walkers().find(({slug:r})=>r===t.walker.slug)??t.walker,i=n.hours??[];return{...t,walker:n,backward:at(t.span,t.backward,i,"backward"),forward:at(t.span,t.forward,i,"forward")}}tools(t){let n=i=>()=>{this.back=Math.max(0,this.back+i),this.chosen=""};return c`<div class="tools">
      <div class="tabs" role="group" aria-label=${d(t,"history.periods")}>
        ${De.map(i=>c`<button
              type="button"
              aria-pressed=${this.period===i}
              @click=${()=>{this.period=i,this.back=0,this.chosen=""}}
            >
              ${d(t,`history.${i}`)}
            </button>`)}
      </div>
      <div class="moves">
        <button type="button" class="round" aria-label=${d(t,"history.previous")} @click=${n(1)}>
          ${g("chevronLeft")}
        </button>
        <span class="when" aria-live="polite">${this.headingOf(t)}</span>
        <button
          type="button"
          class="round"
          aria-label=${d(t,"history.following")}
          ?disabled=${this.back===0}
          @click=${n(-1)}
        >
          ${g("chevronRight")}
        </button>
      </div>
    </div>`}format({hass:t},n){let i=t.locale.time_format==="24"&&n.hour?{hourCycle:"h23"}:{};return new Intl.DateTimeFormat(t.locale.language,{...n,...i,timeZone:t.config.time_zone})}headingOf(t){let n=this.span(new Date);switch(this.period){case"day":return this.format(t,{weekday:"short",day:"numeric",month:"short"}).format(n.start);case"week":{let i=n.slots.at(-1)??n.start;return this.format(t,{day:"numeric",month:"short"}).formatRange(n.start,i)}case"month":return this.format(t,{month:"long",year:"numeric"}).format(n.start);default:return this.format(t,{year:"numeric"}).format(n.start)}}chart(t,n){let{hass:i}=t,{span:r,walker:o}=n,a=r.slots.map((k,_)=>(n.backward[_]??0)+(n.forward[_]??0)),l=Math.max(...a,0),h=n.backward.reduce((k,_)=>k+_,0),m=k=>f(i,k),p=this.format(t,r.slot==="hour"?{hour:"numeric"}:r.slot==="day"?{weekday:"long",day:"numeric",month:"long"}:{month:"long",year:"numeric"}),b=k=>d(t,"history.bar",{when:p.format(r.slots[k]),backward:m(n.backward[k]??0),forward:m(n.forward[k]??0)}),$=ps(r,new Date),P=r.slot==="day"?` · ${d(t,"history.average",{average:m(h/$)})}`:"",Pe=k=>`block-size:${((k??0)/(l||1)*100).toFixed(1)}%`;return c`<div class="chart" role="group" aria-label=${o.name}>
      <div class="head">
        <h2>${o.name}</h2>
        <span class="quiet" role="status"
          >${this.chosen.startsWith(`${o.slug} `)?b(Number(this.chosen.split(" ")[1])):`${d(t,"history.total",{total:m(h)})}${P}`}</span
        >
      </div>
      ${l===0?c`<p class="empty">${d(t,"history.empty")}</p>`:c`<div class="plot">
              <span class="top" aria-hidden="true">${m(l)}</span>
              <ul class=${this.period} @pointerleave=${()=>this.chosen=""}>
                ${r.slots.map((k,_)=>c`<li
                      class=${this.chosen===`${o.slug} ${_}`?"chosen":""}
                      @pointerenter=${()=>this.chosen=`${o.slug} ${_}`}
                    >
                      <i class="forward" style=${Pe(n.forward[_])}></i>
                      <i class="backward" style=${Pe(n.backward[_])}></i>
                      ${a[_]?c`<span class="hidden">${b(_)}</span>`:u}
                    </li>`)}
              </ul>
              ${this.axis(t,r)}
            </div>`}
    </div>`}axis(t,n){let i={day:{hour:"numeric"},week:{weekday:"short"},month:{day:"numeric"},year:{month:"narrow"}},r={day:6,week:1,month:7,year:1}[this.period],o=this.format(t,i[this.period]);return c`<div class="axis ${this.period}" aria-hidden="true">
      ${n.slots.map((a,l)=>c`<span>${l%r?u:o.format(a)}</span>`)}
    </div>`}};y([q({attribute:!1})],x.prototype,"hass",2),y([v()],x.prototype,"config",2),y([v()],x.prototype,"feed",2),y([v()],x.prototype,"period",2),y([v()],x.prototype,"back",2),y([v()],x.prototype,"bars",2),y([v()],x.prototype,"problem",2),y([v()],x.prototype,"chosen",2);var wn=["sensor.sessions_today","sensor.last_session","sensor.backward_steps_week","sensor.goal_days_this_week","sensor.best_streak","sensor.walk_3m_time","sensor.energy_today"],kn=["sensor.sitting_state","sensor.longest_sitting_today","sensor.breaks_today","switch.reminders"],vn=["Status","Battery level","Unsynced minutes","Worn","Direction confidence","Sampling gaps"],$n=8,xn=864e5,Re=class extends HTMLElement{static{this.registryDependencies=["devices","entities"]}static{this.noEditor=!0}static{this.configRequired=!1}static getCreateSuggestions(){return{title:"RetroStep",icon:"mdi:shoe-print"}}static async generate(e,t){let n=(r,o={})=>w(t.locale.language,r,o);await re(t.locale.language);let i;try{i=await Wt(t)}catch{i=[]}return i.length===0?{views:[Le(n("dashboard.today"),"today","mdi:shoe-print",[K([fs()])])]}:{views:[Le(n("dashboard.today"),"today","mdi:shoe-print",[...i.map(r=>K([fs(r,"tall")])),K([lt("week"),ze(n("dashboard.hints"),"mdi:lightbulb-on-outline"),_n(t,n)])]),Le(n("dashboard.history"),"history","mdi:chart-bar",i.flatMap(r=>An(r,n))),Le(n("dashboard.pods"),"pods","mdi:chip",i.flatMap(r=>Sn(r,n)))]}}};function Le(s,e,t,n){return{title:s,path:e,icon:t,type:"sections",max_columns:3,sections:n}}function K(s){return{type:"grid",cards:s}}function ze(s,e){return{type:"heading",heading:s,icon:e}}function fs(s,e="standard"){return{type:"custom:retrostep-card",layout:e,...gs(s)}}function gs(s){return s?{walkers:[s.device_id??s.entry_id]}:{}}function bs(s,e){return e.flatMap(t=>s[t]?[{type:"tile",entity:s[t],name:{type:"entity"}}]:[])}function lt(s,e){return{type:"custom:retrostep-history-card",period:s,...gs(e)}}function _n(s,e){let t=Math.floor(Date.now()/xn)%$n+1;return{type:"markdown",content:A(s.locale.language,`hint.${t}`)??e("hint.1")}}function An(s,e){let t=(n,i,r)=>{let o=bs(s.entities,r);return o.length?[K([ze(n,i),...o])]:[]};return[K([lt("month",s),lt("year",s)]),...t(`${e("dashboard.sessions")} · ${s.name}`,"mdi:flag-checkered",wn),...t(`${e("dashboard.sitting")} · ${s.name}`,"mdi:seat-outline",kn)]}function Sn(s,e){if(s.pods.length===0){let t=e("dashboard.no_pod",{name:Cn(s.name)});return[K([ze(s.name,"mdi:chip"),{type:"markdown",content:t}])]}return s.pods.map(t=>K([ze(`${s.name} · ${t.name}`,"mdi:chip"),...bs(t.entities,vn)]))}function Cn(s){return s.replace(/[\\`*_{}[\]()#+!|<>&~-]/g,e=>`&#${e.charCodeAt(0)};`)}function ys(s,e){let t=s.entities?.[e];return t?.platform!=="retrostep"?null:{config:{type:"custom:retrostep-card",walkers:t.device_id?[t.device_id]:[],layout:"standard"}}}var dt="https://github.com/retrostep/retrostep",ws=window,ks=document.documentElement.lang||"en",Y=s=>w(ks,s);customElements.get("retrostep-card")||(customElements.define("retrostep-card",D),customElements.define("retrostep-history-card",x),customElements.define("ll-strategy-dashboard-retrostep",Re),re(ks).then(Tn));function Tn(){(ws.customCards??=[]).push({type:"retrostep-card",name:Y("card.name"),description:Y("card.description"),preview:!0,documentationURL:dt,getEntitySuggestion:ys},{type:"retrostep-history-card",name:Y("history.name"),description:Y("history.description"),preview:!0,documentationURL:dt}),(ws.customStrategies??=[]).push({type:"retrostep",strategyType:"dashboard",name:Y("strategy.name"),description:Y("strategy.description"),documentationURL:dt})}
