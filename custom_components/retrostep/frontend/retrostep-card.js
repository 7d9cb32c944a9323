/* RetroStep 0.1.0, Apache-2.0; built from frontend/. Lit, BSD-3-Clause, Google LLC. */
var ks=Object.defineProperty;var vs=Object.getOwnPropertyDescriptor;var y=(s,e,t,n)=>{for(var i=n>1?void 0:n?vs(e,t):e,r=s.length-1,o;r>=0;r--)(o=s[r])&&(i=(n?o(e,t,i):o(i))||i);return n&&i&&ks(e,t,i),i};var ae=globalThis,de=ae.ShadowRoot&&(ae.ShadyCSS===void 0||ae.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ze=Symbol(),dt=new WeakMap,Y=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==ze)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(de&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=dt.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&dt.set(t,e))}return e}toString(){return this.cssText}},lt=s=>new Y(typeof s=="string"?s:s+"",void 0,ze),S=(s,...e)=>{let t=s.length===1?s[0]:e.reduce((n,i,r)=>n+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+s[r+1],s[0]);return new Y(t,s,ze)},ct=(s,e)=>{if(de)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let n=document.createElement("style"),i=ae.litNonce;i!==void 0&&n.setAttribute("nonce",i),n.textContent=t.cssText,s.appendChild(n)}},Pe=de?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let n of e.cssRules)t+=n.cssText;return lt(t)})(s):s;var{is:$s,defineProperty:xs,getOwnPropertyDescriptor:_s,getOwnPropertyNames:As,getOwnPropertySymbols:Ss,getPrototypeOf:Cs}=Object,le=globalThis,ut=le.trustedTypes,Ts=ut?ut.emptyScript:"",Ms=le.reactiveElementPolyfillSupport,J=(s,e)=>s,Q={toAttribute(s,e){switch(e){case Boolean:s=s?Ts:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},ce=(s,e)=>!$s(s,e),pt={attribute:!0,type:String,converter:Q,reflect:!1,useDefault:!1,hasChanged:ce};Symbol.metadata??=Symbol("metadata"),le.litPropertyMetadata??=new WeakMap;var E=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=pt){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),i=this.getPropertyDescriptor(e,n,t);i!==void 0&&xs(this.prototype,e,i)}}static getPropertyDescriptor(e,t,n){let{get:i,set:r}=_s(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){let a=i?.call(this);r?.call(this,o),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??pt}static _$Ei(){if(this.hasOwnProperty(J("elementProperties")))return;let e=Cs(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(J("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(J("properties"))){let t=this.properties,n=[...As(t),...Ss(t)];for(let i of n)this.createProperty(i,t[i])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[n,i]of t)this.elementProperties.set(n,i)}this._$Eh=new Map;for(let[t,n]of this.elementProperties){let i=this._$Eu(t,n);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let i of n)t.unshift(Pe(i))}else e!==void 0&&t.push(Pe(e));return t}static _$Eu(e,t){let n=t.attribute;return n===!1?void 0:typeof n=="string"?n:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ct(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,n);if(i!==void 0&&n.reflect===!0){let r=(n.converter?.toAttribute!==void 0?n.converter:Q).toAttribute(t,n.type);this._$Em=e,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(e,t){let n=this.constructor,i=n._$Eh.get(e);if(i!==void 0&&this._$Em!==i){let r=n.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Q;this._$Em=i;let a=o.fromAttribute(t,r.type);this[i]=a??this._$Ej?.get(i)??a,this._$Em=null}}requestUpdate(e,t,n,i=!1,r){if(e!==void 0){let o=this.constructor;if(i===!1&&(r=this[e]),n??=o.getPropertyOptions(e),!((n.hasChanged??ce)(r,t)||n.useDefault&&n.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,n))))return;this.C(e,t,n)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:i,wrapped:r},o){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}let n=this.constructor.elementProperties;if(n.size>0)for(let[i,r]of n){let{wrapped:o}=r,a=this[i];o!==!0||this._$AL.has(i)||a===void 0||this.C(i,void 0,r,a)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(n=>n.hostUpdate?.()),this.update(t)):this._$EM()}catch(n){throw e=!1,this._$EM(),n}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};E.elementStyles=[],E.shadowRootOptions={mode:"open"},E[J("elementProperties")]=new Map,E[J("finalized")]=new Map,Ms?.({ReactiveElement:E}),(le.reactiveElementVersions??=[]).push("2.1.2");var We=globalThis,ht=s=>s,ue=We.trustedTypes,mt=ue?ue.createPolicy("lit-html",{createHTML:s=>s}):void 0,Ue="$lit$",D=`lit$${Math.random().toFixed(9).slice(2)}$`,Ne="?"+D,Es=`<${Ne}>`,V=document,ee=()=>V.createComment(""),te=s=>s===null||typeof s!="object"&&typeof s!="function",Ve=Array.isArray,kt=s=>Ve(s)||typeof s?.[Symbol.iterator]=="function",Oe=`[ 	
\f\r]`,X=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ft=/-->/g,gt=/>/g,U=RegExp(`>|${Oe}(?:([^\\s"'>=/]+)(${Oe}*=${Oe}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),bt=/'/g,yt=/"/g,vt=/^(?:script|style|textarea|title)$/i,Ie=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),c=Ie(1),be=Ie(2),Hn=Ie(3),I=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),wt=new WeakMap,N=V.createTreeWalker(V,129);function $t(s,e){if(!Ve(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return mt!==void 0?mt.createHTML(e):e}var xt=(s,e)=>{let t=s.length-1,n=[],i,r=e===2?"<svg>":e===3?"<math>":"",o=X;for(let a=0;a<t;a++){let l=s[a],h,m,p=-1,b=0;for(;b<l.length&&(o.lastIndex=b,m=o.exec(l),m!==null);)b=o.lastIndex,o===X?m[1]==="!--"?o=ft:m[1]!==void 0?o=gt:m[2]!==void 0?(vt.test(m[2])&&(i=RegExp("</"+m[2],"g")),o=U):m[3]!==void 0&&(o=U):o===U?m[0]===">"?(o=i??X,p=-1):m[1]===void 0?p=-2:(p=o.lastIndex-m[2].length,h=m[1],o=m[3]===void 0?U:m[3]==='"'?yt:bt):o===yt||o===bt?o=U:o===ft||o===gt?o=X:(o=U,i=void 0);let $=o===U&&s[a+1].startsWith("/>")?" ":"";r+=o===X?l+Es:p>=0?(n.push(h),l.slice(0,p)+Ue+l.slice(p)+D+$):l+D+(p===-2?a:$)}return[$t(s,r+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),n]},se=class s{constructor({strings:e,_$litType$:t},n){let i;this.parts=[];let r=0,o=0,a=e.length-1,l=this.parts,[h,m]=xt(e,t);if(this.el=s.createElement(h,n),N.currentNode=this.el.content,t===2||t===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(i=N.nextNode())!==null&&l.length<a;){if(i.nodeType===1){if(i.hasAttributes())for(let p of i.getAttributeNames())if(p.endsWith(Ue)){let b=m[o++],$=i.getAttribute(p).split(D),z=/([.?@])?(.*)/.exec(b);l.push({type:1,index:r,name:z[2],strings:$,ctor:z[1]==="."?he:z[1]==="?"?me:z[1]==="@"?fe:j}),i.removeAttribute(p)}else p.startsWith(D)&&(l.push({type:6,index:r}),i.removeAttribute(p));if(vt.test(i.tagName)){let p=i.textContent.split(D),b=p.length-1;if(b>0){i.textContent=ue?ue.emptyScript:"";for(let $=0;$<b;$++)i.append(p[$],ee()),N.nextNode(),l.push({type:2,index:++r});i.append(p[b],ee())}}}else if(i.nodeType===8)if(i.data===Ne)l.push({type:2,index:r});else{let p=-1;for(;(p=i.data.indexOf(D,p+1))!==-1;)l.push({type:7,index:r}),p+=D.length-1}r++}}static createElement(e,t){let n=V.createElement("template");return n.innerHTML=e,n}};function F(s,e,t=s,n){if(e===I)return e;let i=n!==void 0?t._$Co?.[n]:t._$Cl,r=te(e)?void 0:e._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(s),i._$AT(s,t,n)),n!==void 0?(t._$Co??=[])[n]=i:t._$Cl=i),i!==void 0&&(e=F(s,i._$AS(s,e.values),i,n)),e}var pe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,i=(e?.creationScope??V).importNode(t,!0);N.currentNode=i;let r=N.nextNode(),o=0,a=0,l=n[0];for(;l!==void 0;){if(o===l.index){let h;l.type===2?h=new G(r,r.nextSibling,this,e):l.type===1?h=new l.ctor(r,l.name,l.strings,this,e):l.type===6&&(h=new ge(r,this,e)),this._$AV.push(h),l=n[++a]}o!==l?.index&&(r=N.nextNode(),o++)}return N.currentNode=V,i}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(e,n,t),t+=n.strings.length-2):n._$AI(e[t])),t++}},G=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,i){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=F(this,e,t),te(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==I&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):kt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&te(this._$AH)?this._$AA.nextSibling.data=e:this.T(V.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,i=typeof n=="number"?this._$AC(e):(n.el===void 0&&(n.el=se.createElement($t(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===i)this._$AH.p(t);else{let r=new pe(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=wt.get(e.strings);return t===void 0&&wt.set(e.strings,t=new se(e)),t}k(e){Ve(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,n,i=0;for(let r of e)i===t.length?t.push(n=new s(this.O(ee()),this.O(ee()),this,this.options)):n=t[i],n._$AI(r),i++;i<t.length&&(this._$AR(n&&n._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let n=ht(e).nextSibling;ht(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},j=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,i,r){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=r,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=u}_$AI(e,t=this,n,i){let r=this.strings,o=!1;if(r===void 0)e=F(this,e,t,0),o=!te(e)||e!==this._$AH&&e!==I,o&&(this._$AH=e);else{let a=e,l,h;for(e=r[0],l=0;l<r.length-1;l++)h=F(this,a[n+l],t,l),h===I&&(h=this._$AH[l]),o||=!te(h)||h!==this._$AH[l],h===u?e=u:e!==u&&(e+=(h??"")+r[l+1]),this._$AH[l]=h}o&&!i&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},he=class extends j{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}},me=class extends j{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}},fe=class extends j{constructor(e,t,n,i,r){super(e,t,n,i,r),this.type=5}_$AI(e,t=this){if((e=F(this,e,t,0)??u)===I)return;let n=this._$AH,i=e===u&&n!==u||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,r=e!==u&&(n===u||i);i&&this.element.removeEventListener(this.name,this,n),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},ge=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){F(this,e)}},_t={M:Ue,P:D,A:Ne,C:1,L:xt,R:pe,D:kt,V:F,I:G,H:j,N:me,U:fe,B:he,F:ge},Ds=We.litHtmlPolyfillSupport;Ds?.(se,G),(We.litHtmlVersions??=[]).push("3.3.3");var At=(s,e,t)=>{let n=t?.renderBefore??e,i=n._$litPart$;if(i===void 0){let r=t?.renderBefore??null;n._$litPart$=i=new G(e.insertBefore(ee(),r),r,void 0,t??{})}return i._$AI(s),i};var Fe=globalThis,C=class extends E{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=At(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return I}};C._$litElement$=!0,C.finalized=!0,Fe.litElementHydrateSupport?.({LitElement:C});var Hs=Fe.litElementPolyfillSupport;Hs?.({LitElement:C});(Fe.litElementVersions??=[]).push("4.2.2");var Ls={attribute:!0,type:String,converter:Q,reflect:!1,hasChanged:ce},Rs=(s=Ls,e,t)=>{let{kind:n,metadata:i}=t,r=globalThis.litPropertyMetadata.get(i);if(r===void 0&&globalThis.litPropertyMetadata.set(i,r=new Map),n==="setter"&&((s=Object.create(s)).wrapped=!0),r.set(t.name,s),n==="accessor"){let{name:o}=t;return{set(a){let l=e.get.call(this);e.set.call(this,a),this.requestUpdate(o,l,s,!0,a)},init(a){return a!==void 0&&this.C(o,void 0,s,a),a}}}if(n==="setter"){let{name:o}=t;return function(a){let l=this[o];e.call(this,a),this.requestUpdate(o,l,s,!0,a)}}throw Error("Unsupported decorator location: "+n)};function B(s){return(e,t)=>typeof t=="object"?Rs(s,e,t):((n,i,r)=>{let o=i.hasOwnProperty(r);return i.constructor.createProperty(r,n),o?Object.getOwnPropertyDescriptor(i,r):void 0})(s,e,t)}function v(s){return B({...s,state:!0,attribute:!1})}function we(s,e,t,n){let r=e[`${t}_action`]??(t==="tap"?{action:"more-info"}:{action:"none"});r.action==="none"||r.action==="more-info"&&!n||s.dispatchEvent(new CustomEvent("hass-action",{bubbles:!0,composed:!0,detail:{config:{entity:n,[`${t}_action`]:r},action:t}}))}var ke=class{constructor(e,t){this.node=e;this.config=t;this.held=!1;this.taps=0}down(e){this.held=!1,window.clearTimeout(this.timer),this.has("hold_action")&&(this.timer=window.setTimeout(()=>{this.held=!0,we(this.node,this.config(),"hold",e)},500))}cancel(){window.clearTimeout(this.timer)}click(e){if(window.clearTimeout(this.timer),this.held){this.held=!1;return}if(!this.has("double_tap_action")){we(this.node,this.config(),"tap",e);return}if(this.taps+=1,this.taps===2){this.taps=0,we(this.node,this.config(),"double_tap",e);return}this.timer=window.setTimeout(()=>{this.taps=0,we(this.node,this.config(),"tap",e)},250)}has(e){let t=this.config()[e];return t!==void 0&&t.action!=="none"}};var ve={"card.name":"RetroStep","card.description":"Backward steps of today with goal, week, streak, sitting and guided sessions.","history.name":"RetroStep history","history.description":"Backward and forward steps by hour, day and month.","strategy.name":"RetroStep","strategy.description":"A dashboard for everybody who walks backward in your home.",loading:"Asking RetroStep …","error.title":"RetroStep does not answer","error.not_set_up":"Add RetroStep under Settings, Devices & services. If it is there, restart Home Assistant.","error.failed":"The steps could not be fetched ({detail}). Reload this page; if that does not help, look at RetroStep under Settings, Devices & services.","error.config":"The card can't read its settings: {detail}","error.render":"The card could not be drawn ({detail}). Reload this page.","error.statistics":"The history could not be fetched ({detail}). Is the recorder switched on?","none.title":"Nobody walks here yet","none.text":"Add a walker: Settings, Devices & services, Add integration, RetroStep.","none.chosen":"The walkers chosen for this card are not here any more. Choose others in its settings.","none.open":"Open RetroStep","not_loaded.title":"{name} could not be loaded","not_loaded.text":"Settings, Devices & services, RetroStep says why.","waiting.title":"Waiting for {name}’s figures","waiting.text":"They come when Home Assistant has started.","disabled.title":"Today’s steps are switched off","disabled.text":"Enable the entity “Backward steps today” of {name}.",no_pod:"No step pod yet. Add one to {name} under RetroStep; steps appear with the first stride.",pod_away:"The pod is out of reach. It keeps every step until it is back.",first_day:"Your first day. Two or three minutes backward, slowly, along a wall, is a fine start.",steps:"steps",step:"step",minutes:"min",metres:"m",sessions:"sessions",backward:"Backward",forward:"Forward",of_goal:"of {goal}",steps_backward:"steps backward",goal_reached:"Goal reached",to_go:"{amount} to go",paused:"Plan paused",rest_day:"Rest day",no_goal:"Backward today","pulse.backward":"Walking backward","pulse.forward":"Walking forward",cadence:"{rate} steps/min","fact.steps":"steps","fact.distance":"distance","fact.time":"time","fact.sessions":"sessions",streak:"{days} days in a row","streak.one":"1 day in a row","streak.short":"{days} days","streak.short.one":"1 day","streak.best":"best {days}",week:"Last 7 days","week.today":"today","week.day":"{day}: {done}","week.day.goal":"{day}: {done} of {goal}","week.met":"goal reached","week.missed":"goal not reached","week.paused":"plan paused","week.rest":"rest day",hours:"Today by hour","hours.label":"{hour}: {backward} backward, {forward} forward",sitting:"Sitting","sitting.value":"Sitting {minutes}","sitting.of":"{minutes} of {threshold}","sitting.moving":"On the move","sitting.due":"Time for a few steps","sitting.snoozed":"Snoozed until {time}","sitting.next":"next reminder {time}","sitting.quiet":"Reminders rest","sitting.quiet.away":"Nobody home, no reminders","sitting.quiet.switched_off":"Reminders switched off","sitting.quiet.free_day":"Free day, no reminders","sitting.quiet.quiet_hours":"Quiet hours","sitting.quiet.schedule":"Outside the reminder times","sitting.quiet.busy":"Busy, no reminders","sitting.not_worn":"Pod not worn","sitting.unknown":"Sitting not known",snooze:"Snooze",dismiss:"Dismiss","button.label":"{action} for {name}","action.failed":"That did not work: {detail}",last:"Last session","last.steps":"{steps} steps","last.none":"No session yet",session:"Guided session","session.start":"Start session","session.stop":"Stop","session.next":"Next: {stage}","session.stage_of":"{number} of {of}","session.left":"left","session.waiting.stopped":"Waiting for you to walk on","session.waiting.direction":"Turn around to go on","session.waiting.away":"Waiting for the pod","session.metronome":"{rate} beats/min","stage.warm_up":"Warm up","stage.backward":"Walk backward","stage.forward":"Walk forward","stage.cool_down":"Cool down","history.day":"Day","history.week":"Week","history.month":"Month","history.year":"Year","history.total":"{total} backward","history.average":"{average} a day","history.previous":"Earlier","history.following":"Later","history.empty":"Nothing walked here. What is walked backward shows up as bars.","history.bar":"{when}: {backward} backward, {forward} forward","history.periods":"Period","editor.walkers":"Walkers","editor.walkers.help":"All of them if none is chosen.","editor.layout":"Layout","editor.layout.compact":"Compact: one line a walker","editor.layout.standard":"Standard","editor.layout.tall":"Tall: with hours and guided sessions","editor.hide":"Leave out","editor.hide.share":"Backward and forward share","editor.hide.week":"Week","editor.hide.streak":"Streak","editor.hide.sitting":"Sitting","editor.hide.last":"Last session","editor.hide.hint":"Hints","editor.interactions":"Interactions","editor.tap_action":"Tap","editor.hold_action":"Hold","editor.double_tap_action":"Double tap","editor.period":"Period shown first","dashboard.today":"Today","dashboard.history":"History","dashboard.pods":"Pods","dashboard.sessions":"Sessions","dashboard.sitting":"Sitting","dashboard.pod":"Step pod","dashboard.no_pod":"{name} has no step pod yet. Add one under Settings, Devices & services, RetroStep.","dashboard.hints":"Good to know","hint.1":"Begin with two or three minutes a day and add a little each week. Five short walks count as much as one long one.","hint.2":"Small steps: ball of the foot first, then the heel. Long strides are the most common mistake.","hint.3":"Choose a flat, clear way with a wall or rail beside you: a hallway is perfect.","hint.4":"Stand tall, let the shoulders hang and the arms swing.","hint.5":"Warm up by walking forward for two minutes, and mix both directions.","hint.6":"Has sitting been long? A few steps backward stretch the hips.","hint.7":"Rest when something hurts, and ask a professional first if you have a condition.","hint.8":"Music, company and a metronome make it easier to come back tomorrow."};var St={de:()=>import("./retrostep-de-540f89f4.js"),es:()=>import("./retrostep-es-39d8af27.js"),fr:()=>import("./retrostep-fr-ad3a65fa.js"),nl:()=>import("./retrostep-nl-b51fcdb9.js"),"pt-BR":()=>import("./retrostep-pt-BR-8288f1c2.js"),"zh-Hans":()=>import("./retrostep-zh-Hans-866fc292.js")},Be={en:ve},je=new Map;function Ct(s){let e=s.split("-")[0]??"";return[s,e].find(t=>t in St)}async function ne(s){let e=Ct(s);if(!e||Be[e])return;let t=je.get(e)??Ps(e);je.set(e,t),await t}async function Ps(s){try{Be[s]=(await St[s]?.())?.default??{}}catch{je.delete(s)}}var K=class{constructor(e){this.host=e;e.addController(this)}hostUpdate(){let e=this.host.hass?.locale.language;e&&e!==this.asked&&(this.asked=e,ne(e).then(()=>this.host.requestUpdate()))}};function w(s,e,t={}){return(Be[Ct(s)??"en"]?.[e]??ve[e]).replace(/\{(\w+)\}/g,(i,r)=>t[r]??i)}function A(s,e,t={}){return e in ve?w(s,e,t):void 0}var Tt={comma_decimal:"en-US",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",system:void 0},Os=3.28084;function qe(s){return s.number_format in Tt?Tt[s.number_format]:s.language}function f(s,e,t=0){let n=s.locale.number_format==="none";return new Intl.NumberFormat(n?"en-US":qe(s.locale),{maximumFractionDigits:t,useGrouping:!n}).format(e)}function Ge(s,e){return new Intl.NumberFormat(qe(s.locale),{style:"percent",maximumFractionDigits:0}).format(e)}function Mt(s){return s.locale.time_zone==="server"?s.config.time_zone:void 0}function $e(s,e){let{time_format:t,language:n}=s.locale,i={hour:"numeric",minute:"2-digit",timeZone:Mt(s)};return(t==="12"||t==="24")&&(i.hourCycle=t==="12"?"h12":"h23"),new Intl.DateTimeFormat(t==="system"?void 0:n,i).format(e)}function Et(s,e,t){let n=(a,l)=>new Intl.DateTimeFormat(s.locale.language,{...l,timeZone:Mt(s)}).format(a),i=$e(s,e),r={year:"numeric",month:"numeric",day:"numeric"};if(n(e,r)===n(t,r))return i;let o=t.getTime()-e.getTime()<6*864e5;return`${n(e,o?{weekday:"short"}:{month:"short",day:"numeric"})}, ${i}`}function Ke(s,e,t){let n=new Date(`${e}T12:00:00Z`);return new Intl.DateTimeFormat(s.locale.language,{...t,timeZone:"UTC"}).format(n)}function H(s,e){let t=Math.round(e),n=(i,r,o=0)=>new Intl.NumberFormat(qe(s.locale),{style:"unit",unit:r,unitDisplay:"short",maximumFractionDigits:o}).format(i);if(t<60)return n(t,"second");if(t>=3600){let i=Math.round(t%3600/60);return`${n(Math.floor(t/3600),"hour")}${i?` ${n(i,"minute")}`:""}`}return n(t/60,"minute",t<600?1:0)}function Ze(s){let e=Math.max(0,Math.ceil(s));return`${Math.floor(e/60)}:${String(e%60).padStart(2,"0")}`}function ie(s,e){let{value:t,unit:n}=Ws(s,e);return`${f(s,t)} ${n}`}function Ws(s,e){return s.config.unit_system.length==="mi"?{value:e*Os,unit:"ft"}:{value:e,unit:"m"}}function d(s,e,t={}){return w(s.hass.locale.language,e,t)}function L({hass:s},e,t){switch(e){case"minutes":return H(s,t*60);case"metres":return ie(s,t);case"sessions":return`${f(s,t)} ${w(s.locale.language,"sessions")}`;default:{let n=w(s.locale.language,t===1?"step":"steps");return`${f(s,t)} ${n}`}}}function xe(s,e){return(s.hide??[]).includes(e)}var Us=["share","week","streak","sitting","last","hint"],Ns=["compact","standard","tall"];function _e(){return document.documentElement.lang||"en"}var Dt=s=>A(_e(),`editor.${s.name}`)??s.name,Ht=s=>A(_e(),`editor.${s.name}.help`);function Ye(s,e,t=!1){return{select:{mode:t?"list":"dropdown",multiple:t,options:s.map(n=>({value:n,label:w(_e(),`${e}.${n}`)}))}}}var Lt={name:"walkers",selector:{device:{integration:"retrostep",multiple:!0}}};function Rt(){let s=(e,t)=>({name:e,selector:{ui_action:{default_action:t}}});return{schema:[Lt,{name:"layout",default:"standard",selector:Ye(Ns,"editor.layout")},{name:"hide",selector:Ye(Us,"editor.hide",!0)},{name:"interactions",type:"expandable",flatten:!0,title:w(_e(),"editor.interactions"),schema:[s("tap_action","more-info"),s("hold_action","none"),s("double_tap_action","none")]}],computeLabel:Dt,computeHelper:Ht}}function zt(){return{schema:[Lt,{name:"period",selector:Ye(["day","week","month","year"],"history")}],computeLabel:Dt,computeHelper:Ht}}var Je=class{constructor(e){this.connection=e;this.state={};this.listeners=new Set;this.tried=0}subscribe(e){return this.listeners.add(e),this.unsubscribe||this.start(),e(this.state),()=>{this.listeners.delete(e),this.listeners.size===0&&this.stop()}}retry(e=Date.now()){this.state.error&&this.listeners.size>0&&e-this.tried>1e4&&this.start()}start(){this.tried=Date.now(),this.unsubscribe=this.connection.subscribeMessage(e=>this.set(e),{type:"retrostep/subscribe"}),this.unsubscribe.catch(e=>{this.set({error:e?.code??e?.message??"unknown"})})}stop(){this.unsubscribe?.then(e=>e().catch(()=>{}),()=>{}),this.unsubscribe=void 0,this.state={}}set(e){this.state=e;for(let t of this.listeners)t(e)}},Pt=new WeakMap;function re(s){let e=Pt.get(s.connection);return e||(e=new Je(s.connection),Pt.set(s.connection,e)),e}async function Ot(s){let e=()=>{},t=new Promise(r=>e=r),n=await s.connection.subscribeMessage(r=>e(r.walkers),{type:"retrostep/subscribe"}),i=await t;return await n(),i}var Vs={s:1,min:60,h:3600,d:86400,ms:.001},Qe=class{constructor(e,t){this.hass=e;this.walker=t}state(e){let t=this.id(e),n=t?this.hass.states[t]:void 0;return n&&n.state!=="unavailable"&&n.state!=="unknown"?n:void 0}usable(e){let t=this.id(e);return t&&this.hass.states[t]&&this.hass.states[t].state!=="unavailable"?t:void 0}id(e){return this.walker.entities[e]}number(e){return O(this.state(e)?.state)}seconds(e){let t=this.number(e),n=String(this.state(e)?.attributes.unit_of_measurement??"");return t===void 0?void 0:t*(Vs[n]??60)}moment(e){return Wt(this.state(e)?.state)}isOn(e){return this.state(e)?.state==="on"}attribute(e,t){return this.state(e)?.attributes[t]}};function O(s){if(typeof s!="number"&&(typeof s!="string"||s.trim()===""))return;let e=Number(s);return Number.isFinite(e)?e:void 0}function P(s){return typeof s=="string"&&s!==""?s:void 0}function Wt(s){let e=typeof s=="number"?new Date(s*1e3):new Date(P(s)??NaN);return Number.isNaN(e.getTime())?void 0:e}function Ut(s,e){let t=new Qe(s,e),n=e.days??[],i=n.at(-1),r=t.number("sensor.backward_steps_today"),o=t.number("sensor.forward_steps_today"),a=t.state("sensor.backward_distance_today"),l=O(a?.state),h=Is(e,s,r);return{walker:e,status:h,steps:r??0,forward:o,distance:l===void 0?void 0:{value:l,unit:String(a?.attributes.unit_of_measurement??"m")},walkingS:t.seconds("sensor.backward_minutes_today"),sessions:t.number("sensor.sessions_today"),goal:Fs(t,i?.goal??void 0,r??0),streak:t.number("sensor.goal_streak"),bestStreak:t.number("sensor.best_streak"),walkingBackward:t.isOn("binary_sensor.walking_backward"),cadence:t.number("sensor.cadence"),days:n.map(m=>m===i?{...m,backward:r??m.backward}:m),sitting:js(t),guided:Bs(t,s,e),startSession:t.usable("button.start_session"),last:e.last_session??void 0,hint:h==="ok"?Gs(s,e,r??0):void 0}}function Nt(s){return[...Object.values(s.entities),...s.pods.flatMap(e=>Object.values(e.entities))]}function Is(s,e,t){if(!s.loaded)return"not_loaded";let n=s.entities["sensor.backward_steps_today"];return n?t===void 0||!e.states[n]?"waiting":"ok":"disabled"}function Fs(s,e,t){let n="sensor.daily_goal_progress",i=P(s.attribute(n,"kind"))??e?.kind,r=O(s.attribute(n,"goal"))??e?.value;if(!i||!r)return;let o=O(s.attribute(n,"done"))??e?.done??0,a=i==="steps"?Math.max(t,0):o,l=s.attribute(n,"paused")===!0||e?.status==="paused",h=s.attribute(n,"rest_day")===!0||e?.status==="rest";return{kind:i,value:r,done:a,progress:a/r,met:a>=r||s.isOn("binary_sensor.goal_reached"),status:l?"paused":h?"rest":"active",explanation:P(s.attribute(n,"explanation"))}}function js(s){let e=s.state("sensor.sitting_state");if(!e)return;let t=s.seconds("sensor.sitting_time"),n=s.seconds("number.sitting_threshold");return{state:e.state,reason:P(e.attributes.reason),minutes:t===void 0?void 0:Math.round(t/60),thresholdMinutes:n?n/60:45,nextReminder:s.moment("sensor.next_reminder"),snoozedUntil:Wt(e.attributes.snoozed_until),snooze:s.usable("button.snooze"),dismiss:s.usable("button.dismiss")}}function Bs(s,e,t){let n=s.state("sensor.coach_stage"),i=s.state("binary_sensor.guided_session");if(!n||n.state==="idle"||i?.state==="off")return;let r=a=>n.attributes[a],o=s.number("sensor.coach_progress")??0;return{stage:n.state,next:P(r("next_stage")),number:O(r("number")),of:O(r("of")),direction:P(r("direction")),waiting:P(r("waiting")),endsAt:s.moment("sensor.coach_time_left"),remaining:O(r("remaining")),unit:P(r("unit")),progress:Math.min(Math.max(o/100,0),1),beatsPerMinute:qs(e,t),stop:s.usable("button.stop_session")}}function qs(s,e){for(let t of e.pods)if(s.states[t.entities.Metronome??""]?.state==="on")return O(s.states[t.entities["Metronome rate"]??""]?.state)}function Gs(s,e,t){if(e.pods.length===0)return"no_pod";if(e.pods.every(i=>Ks(s,i.entities)))return"pod_away";let n=(e.days??[]).some(i=>i.backward>0);return t===0&&!n&&!e.last_session?"first_day":void 0}function Ks(s,e){let t=s.states[e.Status??""];if(t)return t.state!=="on";let n=s.states[e["Backward steps"]??""];return!n||n.state==="unavailable"}var Ae=class{constructor(){this.last=new Map;this.until=new Map}follow(e,t,n){if(t!==void 0){let i=this.last.get(e);i!==void 0&&t>i&&this.until.set(e,n+15e3),this.last.set(e,t)}return(this.until.get(e)??0)>n}};function Se(s,e){let t=typeof s.walkers=="string"?[s.walkers]:s.walkers??[];return t.length===0?e:t.map(n=>e.find(i=>[i.device_id,i.slug,i.entry_id].includes(n))).filter(n=>n!==void 0)}var Ce=S`
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
`,Vt=S`
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
`;var It=S`
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
`;var Ft=S`
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
`;function jt(s,e){let t=new Set(s.flatMap(o=>o.goal?[o.goal.kind]:[])),n=o=>{if(t.size===0)return{done:o.backward,goal:void 0};if(t.size>1)return o.goal?{done:o.goal.done/o.goal.value,goal:1}:{done:0,goal:void 0};let a=[...t][0]??"steps";return{done:o.goal?Zs(o,a):Ys(o,a),goal:o.goal?.value}},i=s.map(n),r=Math.max(1e-9,...i.flatMap(o=>[o.done,o.goal??0]));return s.map((o,a)=>{let l=i[a]??{done:0,goal:void 0};return{day:o,height:l.done/r,goal:l.goal===void 0?void 0:l.goal/r,outcome:Js(o,e(o))}})}function Zs(s,e){return e==="steps"?Math.max(s.backward,s.goal?.done??0):s.goal?.done??0}function Ys(s,e){switch(e){case"minutes":return s.walking_s/60;case"metres":return s.distance_m;case"sessions":return s.sessions??0;default:return s.backward}}function Js(s,e){return s.goal?s.goal.met||s.goal.kind==="steps"&&s.backward>=s.goal.value?"met":s.goal.status!=="active"?s.goal.status:e?"none":"missed":"none"}function Bt(s){return{first:Math.min(Math.max(s,0),1),second:s>1?Math.min(s-1,1):0}}var Qs={fire:"M17.66 11.2C17.43 10.9 17.15 10.64 16.89 10.38C16.22 9.78 15.46 9.35 14.82 8.72C13.33 7.26 13 4.85 13.95 3C13 3.23 12.17 3.75 11.46 4.32C8.87 6.4 7.85 10.07 9.07 13.22C9.11 13.32 9.15 13.42 9.15 13.55C9.15 13.77 9 13.97 8.8 14.05C8.57 14.15 8.33 14.09 8.14 13.93C8.08 13.88 8.04 13.83 8 13.76C6.87 12.33 6.69 10.28 7.45 8.64C5.78 10 4.87 12.3 5 14.47C5.06 14.97 5.12 15.47 5.29 15.97C5.43 16.57 5.7 17.17 6 17.7C7.08 19.43 8.95 20.67 10.96 20.92C13.1 21.19 15.39 20.8 17.03 19.32C18.86 17.66 19.5 15 18.56 12.72L18.43 12.46C18.22 12 17.66 11.2 17.66 11.2M14.5 17.5C14.22 17.74 13.76 18 13.4 18.1C12.28 18.5 11.16 17.94 10.5 17.28C11.69 17 12.4 16.12 12.61 15.23C12.78 14.43 12.46 13.77 12.33 13C12.21 12.26 12.23 11.63 12.5 10.94C12.69 11.32 12.89 11.7 13.13 12C13.9 13 15.11 13.44 15.37 14.8C15.41 14.94 15.43 15.08 15.43 15.23C15.46 16.05 15.1 16.95 14.5 17.5H14.5Z",shoePrint:"M10.74,11.72C11.21,12.95 11.16,14.23 9.75,14.74C6.85,15.81 6.2,13 6.16,12.86L10.74,11.72M5.71,10.91L10.03,9.84C9.84,8.79 10.13,7.74 10.13,6.5C10.13,4.82 8.8,1.53 6.68,2.06C4.26,2.66 3.91,5.35 4,6.65C4.12,7.95 5.64,10.73 5.71,10.91M17.85,19.85C17.82,20 17.16,22.8 14.26,21.74C12.86,21.22 12.8,19.94 13.27,18.71L17.85,19.85M20,13.65C20.1,12.35 19.76,9.65 17.33,9.05C15.22,8.5 13.89,11.81 13.89,13.5C13.89,14.73 14.17,15.78 14,16.83L18.3,17.9C18.38,17.72 19.89,14.94 20,13.65Z",seat:"M15,5V12H9V5H15M15,3H9A2,2 0 0,0 7,5V14H17V5A2,2 0 0,0 15,3M22,10H19V13H22V10M5,10H2V13H5V10M20,15H4V21H6V17H18V21H20V15Z",check:"M9,20.42L2.79,14.21L5.62,11.38L9,14.77L18.88,4.88L21.71,7.71L9,20.42Z",pause:"M14,19H18V5H14M6,19H10V5H6V19Z",rest:"M17.75,4.09L15.22,6.03L16.13,9.09L13.5,7.28L10.87,9.09L11.78,6.03L9.25,4.09L12.44,4L13.5,1L14.56,4L17.75,4.09M21.25,11L19.61,12.25L20.2,14.23L18.5,13.06L16.8,14.23L17.39,12.25L15.75,11L17.81,10.95L18.5,9L19.19,10.95L21.25,11M18.97,15.95C19.8,15.87 20.69,17.05 20.16,17.8C19.84,18.25 19.5,18.67 19.08,19.07C15.17,23 8.84,23 4.94,19.07C1.03,15.17 1.03,8.83 4.94,4.93C5.34,4.53 5.76,4.17 6.21,3.85C6.96,3.32 8.14,4.21 8.06,5.04C7.79,7.9 8.75,10.87 10.95,13.06C13.14,15.26 16.1,16.22 18.97,15.95M17.33,17.97C14.5,17.81 11.7,16.64 9.53,14.5C7.36,12.31 6.2,9.5 6.04,6.68C3.23,9.82 3.34,14.64 6.35,17.66C9.37,20.67 14.19,20.78 17.33,17.97Z",chevronLeft:"M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z",chevronRight:"M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z",snooze:"M10,21H14A2,2 0 0,1 12,23A2,2 0 0,1 10,21M21,19V20H3V19L5,17V11C5,7.9 7.03,5.17 10,4.29C10,4.19 10,4.1 10,4A2,2 0 0,1 12,2A2,2 0 0,1 14,4C14,4.1 14,4.19 14,4.29C16.97,5.17 19,7.9 19,11V17L21,19M17,11A5,5 0 0,0 12,6A5,5 0 0,0 7,11V18H17V11M9,9V11H12.24L9,13.7V16H15V14H11.76L15,11.3V9H9Z",play:"M8,5.14V19.14L19,12.14L8,5.14Z",stop:"M18,18H6V6H18V18Z",metronome:"M12,1.75L8.57,2.67L4.06,19.53C4.03,19.68 4,19.84 4,20C4,21.11 4.89,22 6,22H18C19.11,22 20,21.11 20,20C20,19.84 19.97,19.68 19.94,19.53L18.58,14.42L17,16L17.2,17H13.41L16.25,14.16L14.84,12.75L10.59,17H6.8L10.29,4H13.71L15.17,9.43L16.8,7.79L15.43,2.67L12,1.75M11.25,5V14.75L12.75,13.25V5H11.25M19.79,7.8L16.96,10.63L16.25,9.92L14.84,11.34L17.66,14.16L19.08,12.75L18.37,12.04L21.2,9.21L19.79,7.8Z",alert:"M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z",walk:"M14.12,10H19V8.2H15.38L13.38,4.87C13.08,4.37 12.54,4.03 11.92,4.03C11.74,4.03 11.58,4.06 11.42,4.11L6,5.8V11H7.8V7.33L9.91,6.67L6,22H7.8L10.67,13.89L13,17V22H14.8V15.59L12.31,11.05L13.04,8.18M14,3.8C15,3.8 15.8,3 15.8,2C15.8,1 15,0.2 14,0.2C13,0.2 12.2,1 12.2,2C12.2,3 13,3.8 14,3.8Z",clock:"M13.5,8H12V13L16.28,15.54L17,14.33L13.5,12.25V8M13,3A9,9 0 0,0 4,12H1L4.96,16.03L9,12H6A7,7 0 0,1 13,5A7,7 0 0,1 20,12A7,7 0 0,1 13,19C11.07,19 9.32,18.21 8.06,16.94L6.64,18.36C8.27,20 10.5,21 13,21A9,9 0 0,0 22,12A9,9 0 0,0 13,3",info:"M11,9H13V7H11M12,20C7.59,20 4,16.41 4,12C4,7.59 7.59,4 12,4C16.41,4 20,7.59 20,12C20,16.41 16.41,20 12,20M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M11,17H13V11H11V17Z",bell:"M10 21H14C14 22.1 13.1 23 12 23S10 22.1 10 21M21 19V20H3V19L5 17V11C5 7.9 7 5.2 10 4.3V4C10 2.9 10.9 2 12 2S14 2.9 14 4V4.3C17 5.2 19 7.9 19 11V17L21 19M17 11C17 8.2 14.8 6 12 6S7 8.2 7 11V18H17V11Z"};function g(s,e=""){return be`<svg class="icon ${e}" viewBox="0 0 24 24" aria-hidden="true"><path d=${Qs[s]}></path></svg>`}var qt={met:"check",paused:"pause",rest:"rest"};function Xs(s,e){let{day:t}=e,n={day:Ke(s.hass,t.date,{weekday:"long"}),done:t.goal?L(s,t.goal.kind,t.goal.kind==="steps"?t.backward:t.goal.done):L(s,"steps",t.backward)};if(!t.goal)return d(s,"week.day",n);let i=d(s,"week.day.goal",{...n,goal:L(s,t.goal.kind,t.goal.value)});return e.outcome==="none"?i:`${i}, ${d(s,`week.${e.outcome}`)}`}function Gt(s,e){let{days:t,walker:n}=e;if(t.length===0)return u;let i=jt(t,r=>r.date===n.today?.date);return c`<ul class="week" aria-label=${d(s,"week")}>
    ${i.map(r=>{let o=r.day.date===n.today?.date,a=r.outcome in qt?qt[r.outcome]:void 0,l=Xs(s,r);return c`<li class="${r.outcome} ${o?"today":""}" title=${l}>
        <span class="column" aria-hidden="true">
          <i class="bar" style="block-size:${(r.height*100).toFixed(1)}%"></i>
          ${r.goal===void 0?u:c`<i class="goal" style="inset-block-end:${(r.goal*100).toFixed(1)}%"></i>`}
        </span>
        <span class="mark" aria-hidden="true">${a?g(a):u}</span>
        <span class="label" aria-hidden="true"
          >${Ke(s.hass,r.day.date,{weekday:"short"})}</span
        >
        <span class="hidden">${l}</span>
      </li>`})}
  </ul>`}function Kt(s,e){let t=en(e.walker,e.walker.today?.zone),n=Math.max(0,...t.map(r=>r.backward+r.forward));if(n===0)return u;let i=r=>new Intl.DateTimeFormat(s.hass.locale.language,{hour:"numeric",timeZone:"UTC",...s.hass.locale.time_format==="24"?{hourCycle:"h23"}:{}}).format(new Date(Date.UTC(2e3,0,1,r)));return c`<div class="block">
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
  </div>`}function en(s,e){let t=Array.from({length:24},(i,r)=>({hour:r,backward:0,forward:0})),n=new Intl.DateTimeFormat("en-GB",{hour:"2-digit",hourCycle:"h23",timeZone:e});for(let{start:i,backward:r,forward:o}of s.hours??[]){let a=t[Number(n.format(new Date(i)))];a&&(a.backward+=r,a.forward+=o)}return t}var Zt=s=>(...e)=>({_$litDirective$:s,values:e}),Te=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:Zi}=_t;var tn={},Yt=(s,e=tn)=>s._$AH=e;var Jt=Zt(class extends Te{constructor(){super(...arguments),this.key=u}render(s,e){return this.key=s,e}update(s,[e,t]){return e!==this.key&&(Yt(s),this.key=e),t}});var Qt=52,sn=new Set(["sitting","due","snoozed"]);function T(s,e,t,n){if(!e)return c`<div class=${t}>${n}</div>`;let{down:i,cancel:r,click:o}=s.press(e);return c`<button
    type="button"
    class="plain ${t}"
    @pointerdown=${i}
    @pointercancel=${r}
    @pointerleave=${r}
    @click=${o}
  >
    ${n}
  </button>`}function oe(s,e=""){let{first:t,second:n}=Bt(s),i=(r,o)=>r>0?be`<circle class=${o} cx="60" cy="60" r=${Qt} pathLength="100" stroke-dasharray="${r*100} 100"></circle>`:u;return c`<svg class="arcs ${e}" viewBox="0 0 120 120" aria-hidden="true">
    <circle class="track" cx="60" cy="60" r=${Qt}></circle>
    <g transform="translate(120 0) scale(-1 1) rotate(-90 60 60)">
      ${i(t,"arc")} ${i(n,"arc again")}
    </g>
  </svg>`}function Xt(s,e){let{hass:t}=s,{goal:n,steps:i,walkingBackward:r}=e,o=n?d(s,"of_goal",{goal:L(s,n.kind,n.value)}):d(s,"steps"),a=!n||n.kind==="steps"?f(t,i):nn(s,e),l=a.length>6?"tiny":a.length>4?"small":"",h=c`
    ${oe(n?n.progress:0,n?.met?"met":"")}
    ${r?Jt(i,c`<span class="halo"></span>`):u}
    <span class="count"><b class=${l}>${a}</b> <span class="of">${o}</span></span>
    ${n?c`<span class="hidden">, ${Ge(t,n.progress)}</span>`:u}
    ${n?.met?c`<span class="badge">${g("check")}</span>`:u}
  `,m=e.walker.entities;return T(s,m["sensor.backward_steps_today"]??m["sensor.daily_goal_progress"],"ring",h)}function nn(s,e){let t=e.goal;if(!t)return"";let n=t.kind==="minutes"&&t.done<10?1:0;return t.kind==="metres"?ie(s.hass,t.done).split(" ")[0]??"":f(s.hass,t.done,n)}function Xe(s,e){let{goal:t}=e;return t?t.met?t.progress>=1.1?`${d(s,"goal_reached")} · ${Ge(s.hass,t.progress)}`:d(s,"goal_reached"):t.status!=="active"?d(s,t.status==="paused"?"paused":"rest_day"):d(s,"to_go",{amount:L(s,t.kind,Math.max(t.value-t.done,0))}):d(s,"no_goal")}function es(s,e){let{hass:t}=s,{entities:n}=e.walker,i=[[d(s,"fact.distance"),e.distance&&`${f(t,e.distance.value,e.distance.value<10?1:0)} ${e.distance.unit}`,n["sensor.backward_distance_today"]],[d(s,"fact.time"),e.walkingS===void 0?void 0:H(t,e.walkingS),n["sensor.backward_minutes_today"]],[d(s,"fact.sessions"),e.sessions===void 0?void 0:f(t,e.sessions),n["sensor.sessions_today"]]];return e.goal&&e.goal.kind!=="steps"&&(i[2]=[d(s,"fact.steps"),f(t,e.steps),n["sensor.backward_steps_today"]]),c`<div class="facts">
    ${i.map(([r,o,a])=>o===void 0?u:T(s,a,"fact",c`<b>${o}</b> <span>${r}</span>`))}
  </div>`}function ts(s,e){let{steps:t,forward:n}=e;if(n===void 0||t+n===0)return u;let{hass:i}=s,r=t/(t+n),o=`${d(s,"backward")} ${f(i,t)}`,a=`${d(s,"forward")} ${f(i,n)}`;return T(s,e.walker.entities["sensor.backward_share_today"]??e.walker.entities["sensor.forward_steps_today"],"share",c`<span class="split"><i style="flex-grow:${r}"></i><i style="flex-grow:${1-r}"></i></span>
      <span class="legend">
        <span><i class="dot backward"></i>${o}</span>
        <span>${a}<i class="dot forward"></i></span>
      </span>`)}function et(s,e){return s.walkingBackward?"backward":e?"forward":void 0}function tt(s,e,t,n=!1){let i=et(e,t);if(!i)return u;let r=g(i==="backward"?"chevronLeft":"chevronRight"),o=e.cadence&&i==="backward"&&!n?c`<span class="cadence"
          >${d(s,"cadence",{rate:f(s.hass,e.cadence)})}</span
        >`:u;return c`<span class="pulse ${i}">
    <span class="arrows">${r}${r}${r}</span>
    <span>${d(s,`pulse.${i}`)}</span>
    ${o}
  </span>`}function st(s,e){let t=e.streak;if(!t||t<1)return u;let n=f(s.hass,t),i=t===1,r=e.bestStreak&&e.bestStreak>t?`, ${d(s,"streak.best",{days:f(s.hass,e.bestStreak)})}`:"",o=(i?d(s,"streak.one"):d(s,"streak",{days:n}))+r;return T(s,e.walker.entities["sensor.goal_streak"],"chip",c`${g("fire")}<span class="hidden">${o}:</span
      ><span>${d(s,i?"streak.short.one":"streak.short",{days:n})}</span>`)}function rn(s,e){let{hass:t}=s,n=t.locale.language;switch(e.state){case"sitting":return d(s,"sitting.value",{minutes:H(t,(e.minutes??0)*60)});case"due":return d(s,"sitting.due");case"snoozed":return e.snoozedUntil??e.nextReminder?d(s,"sitting.snoozed",{time:$e(t,e.snoozedUntil??e.nextReminder)}):d(s,"snooze");case"quiet":return A(n,`sitting.quiet.${e.reason??""}`)??d(s,"sitting.quiet");default:return A(n,`sitting.${e.state}`)??d(s,"sitting.unknown")}}function ss(s,e){let t=e.sitting;if(!t)return u;let{hass:n}=s,{name:i,entities:r}=e.walker,o=t.minutes===void 0?0:Math.min(t.minutes/t.thresholdMinutes,1),a=rn(s,t),l=t.nextReminder&&t.state==="sitting"?d(s,"sitting.next",{time:$e(n,t.nextReminder)}):t.state==="due"&&t.minutes!==void 0?d(s,"sitting.value",{minutes:H(n,t.minutes*60)}):"",h=t.snooze&&(t.state==="due"||t.state==="sitting"),m=(p,b)=>c`<button
      type="button"
      class="action"
      aria-label=${d(s,"button.label",{action:d(s,p),name:i})}
      @click=${()=>{s.push(b)}}
    >
      ${d(s,p)}
    </button>`;return c`<div class="row sitting ${t.state}">
    ${g("seat")}
    ${T(s,r["sensor.sitting_time"]??r["sensor.sitting_state"],"grow",c`<span class="between"><span>${a}</span><span class="quiet">${l}</span></span> ${sn.has(t.state)?c`<span class="gauge"><i style="inline-size:${(o*100).toFixed(1)}%"></i></span>`:u}`)}
    ${h&&t.snooze?m("snooze",t.snooze):u}
    ${t.state==="due"&&t.dismiss?m("dismiss",t.dismiss):u}
  </div>`}function ns(s,e){let{last:t,walker:n}=e;if(!t)return u;let{hass:i}=s,r=new Date(t.start),o=(new Date(t.end).getTime()-r.getTime())/1e3,a=[H(i,o),d(s,"last.steps",{steps:f(i,t.steps)}),ie(i,t.distance_m)].join(" · "),l=Et(i,r,s.now);return c`<div class="row">
    ${g("clock")}
    ${T(s,n.entities["sensor.last_session"],"grow",c`<span class="between">
        <span>${d(s,"last")} <span class="quiet">${l}</span></span
        ><span class="quiet">${a}</span>
      </span>`)}
  </div>`}function is(s,e){let t=e.replaceAll("_"," ");return A(s.hass.locale.language,`stage.${e}`)??t.charAt(0).toUpperCase()+t.slice(1)}function nt(s,e){if(e.endsAt&&!e.waiting)return Ze((e.endsAt.getTime()-s.now.getTime())/1e3);if(e.remaining===void 0)return"";if(e.unit===void 0||e.unit==="seconds")return Ze(e.remaining);let n={steps:"steps",metres:"metres"}[e.unit];return n?L(s,n,e.remaining):f(s.hass,e.remaining)}function rs(s,e,t){let{walker:n}=e,i=is(s,t.stage),r=t.waiting&&A(s.hass.locale.language,`session.waiting.${t.waiting}`),o=t.number&&t.of?d(s,"session.stage_of",{number:String(t.number),of:String(t.of)}):"",a=nt(s,t),l=t.beatsPerMinute,h=t.direction==="forward"||t.direction==="backward"?t.direction:void 0;return c`<div class="main guided">
    ${T(s,n.entities["sensor.coach_stage"],"ring",c`${oe(t.progress)}
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
              >${d(s,"session.next",{stage:is(s,t.next)})}</span
            >`:u}
      <span class="tools">
        ${l?c`<span class="metronome"
                ><i style="animation-duration:${(60/l).toFixed(3)}s"></i>${g("metronome")}
                ${d(s,"session.metronome",{rate:f(s.hass,l)})}</span
              >`:u}
        ${t.stop?on(s,e,t.stop):u}
      </span>
    </div>
  </div>`}function on(s,e,t){let n=d(s,"button.label",{action:d(s,"session.stop"),name:e.walker.name});return c`<button
    type="button"
    class="action"
    aria-label=${n}
    @click=${()=>{s.push(t)}}
  >
    ${g("stop")}${d(s,"session.stop")}
  </button>`}function os(s,e){let t=e.startSession;if(!t||e.guided)return u;let n=d(s,"session.start");return c`<button
    type="button"
    class="action wide"
    aria-label=${d(s,"button.label",{action:n,name:e.walker.name})}
    @click=${()=>{s.push(t)}}
  >
    ${g("play")}${n}
  </button>`}function R(s,e,t=u){return c`<div class="message">
    ${g("info","large")}
    <div>
      <strong>${s}</strong>
      <p>${e}</p>
      ${t}
    </div>
  </div>`}function as(s,e,t){let{name:n}=e.walker;return e.status!=="ok"?R(d(s,`${e.status}.title`,{name:n}),d(s,`${e.status}.text`,{name:n})):s.config.layout==="compact"?ln(s,e,t):dn(s,e,t)}function an(s,e){return!e.hint||xe(s.config,"hint")?u:c`<p class="hint">
    ${g("info")}<span>${d(s,e.hint,{name:e.walker.name})}</span>
  </p>`}function dn(s,e,t){let{config:n}=s,i=(o,a)=>xe(n,o)?u:a,r=n.layout==="tall";return c`<div class="walker" role="group" aria-label=${e.walker.name}>
    <div class="head">
      <h2>${e.walker.name}</h2>
      <span class="live" role="status">${tt(s,e,t)}</span>
      ${i("streak",st(s,e))}
    </div>
    ${e.guided?rs(s,e,e.guided):c`<div class="main">
            ${Xt(s,e)}
            <div class="side">
              <strong class="headline">${Xe(s,e)}</strong>
              ${es(s,e)} ${i("share",ts(s,e))}
            </div>
          </div>`}
    ${r&&!e.guided&&e.goal?.explanation?c`<p class="quiet">${e.goal.explanation}</p>`:u}
    ${i("week",Gt(s,e))} ${r?Kt(s,e):u}
    ${i("sitting",ss(s,e))} ${i("last",ns(s,e))}
    ${an(s,e)} ${r?os(s,e):u}
  </div>`}function ln(s,e,t){let{goal:n,guided:i}=e,r=et(e,t),o=e.sitting?.state==="due"?d(s,"sitting.due"):void 0,a=i?`${d(s,"session")} · ${nt(s,i)}`:o,l=a??(r?d(s,`pulse.${r}`):Xe(s,e)),h=a||!r?l:c`<span class="live">${tt(s,e,t,!0)}</span>`,m=i?i.progress:n?.progress??0,p=e.walkingS?`, ${H(s.hass,e.walkingS)}`:"";return c`<div class="walker compact" role="group" aria-label=${e.walker.name}>
    ${T(s,e.walker.entities["sensor.backward_steps_today"],"line",c`<span class="mini"
          >${oe(m,n?.met?"met":"")}${g(n?.met?"check":"shoePrint")}</span
        >
        <span class="names"><b>${e.walker.name}</b><span class="quiet">${h}</span></span>
        <span class="big">${f(s.hass,e.steps)}</span>
        <span class="hidden">${d(s,"steps_backward")}${p}</span>`)}
    ${xe(s.config,"streak")?u:st(s,e)}
  </div>`}var un=1e3,ds={compact:1,standard:6,tall:9},pn="/config/integrations/integration/retrostep",M=class extends C{constructor(){super(...arguments);this.feed={};this.tick=0;this.motion=new Ae;this.gestures=new Map;this.texts=new K(this)}static{this.styles=[Ce,Ft,It,Vt]}static getConfigForm(){return Rt()}static getStubConfig(){return{layout:"standard"}}setConfig(t){let n=it(t);if(n)throw new Error(w(this.hass?.locale.language??"en","error.config",{detail:n}));this.config={...t,layout:t.layout??"standard"}}getCardSize(){return ds[this.config?.layout??"standard"]}getGridOptions(){return this.config?.layout==="compact"?{columns:12,rows:"auto",min_columns:6,min_rows:1}:{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.subscribe()}disconnectedCallback(){super.disconnectedCallback(),this.unsubscribe?.(),this.unsubscribe=void 0,this.connection=void 0,window.clearInterval(this.clock),window.clearTimeout(this.fade),this.clock=void 0}subscribe(){!this.hass||!this.isConnected||this.connection===this.hass.connection||(this.unsubscribe?.(),this.connection=this.hass.connection,this.unsubscribe=re(this.hass).subscribe(t=>{this.feed=t}))}shouldUpdate(t){if(t.size>1||!t.has("hass"))return!0;let n=t.get("hass"),i=this.hass;return!n||!i||n.locale!==i.locale||n.config!==i.config?!0:this.walkers().some(r=>Nt(r).some(o=>n.states[o]!==i.states[o]))}willUpdate(t){t.has("hass")&&(this.subscribe(),this.feed.error&&this.hass?.config.components.includes("retrostep")&&re(this.hass).retry(),this.toggleAttribute("rtl",getComputedStyle(this).direction==="rtl"))}walkers(){return Se(this.config??{},this.feed.walkers??[])}render(){let{hass:t,config:n}=this;if(!t||!n)return u;let i={hass:t,config:n,now:new Date,many:this.walkers().length>1,press:r=>this.press(r),push:r=>{this.push(r)}};try{return c`<ha-card>${this.content(i)}${this.complaint(i)}</ha-card>`}catch(r){return c`<ha-card>
        ${R(d(i,"error.title"),d(i,"error.render",{detail:String(r)}))}
      </ha-card>`}}content(t){let{error:n,walkers:i}=this.feed;if(n){let l=n==="unknown_command"?d(t,"error.not_set_up"):d(t,"error.failed",{detail:n});return R(d(t,"error.title"),l)}if(!i)return c`<div class="message">
        <span class="quiet" role="status">${d(t,"loading")}</span>
      </div>`;let r=this.walkers();if(r.length===0)return R(d(t,"none.title"),d(t,i.length?"none.chosen":"none.text"),c`<a class="action" href=${pn}>${d(t,"none.open")}</a>`);let o=r.map(a=>Ut(t.hass,a));return this.keepTime(o),c`<div class="walkers ${t.many?"many":""}">
      ${o.map(a=>c`<div class="one">${as(t,a,this.walksForward(a))}</div>`)}
    </div>`}complaint(t){return this.failure?c`<p class="hint" role="alert">${d(t,"action.failed",{detail:this.failure})}</p>`:u}walksForward(t){let n=this.motion.follow(t.walker.entry_id,t.forward,Date.now());return n&&(window.clearTimeout(this.fade),this.fade=window.setTimeout(()=>this.tick+=1,15050)),n}keepTime(t){let n=t.some(i=>i.guided?.endsAt&&!i.guided.waiting);n&&this.clock===void 0?this.clock=window.setInterval(()=>this.tick+=1,un):n||(window.clearInterval(this.clock),this.clock=void 0)}press(t){let n=t??"",i=this.gestures.get(n);i||(i=new ke(this,()=>this.config),this.gestures.set(n,i));let r=i;return{down:()=>r.down(t),cancel:()=>r.cancel(),click:()=>r.click(t)}}async push(t){this.failure=void 0;try{await this.hass?.callService("button","press",{entity_id:t})}catch(n){this.failure=n instanceof Error?n.message:String(n.message)}}};y([B({attribute:!1})],M.prototype,"hass",2),y([B({attribute:!1})],M.prototype,"layout",2),y([v()],M.prototype,"config",2),y([v()],M.prototype,"feed",2),y([v()],M.prototype,"failure",2),y([v()],M.prototype,"tick",2);function it(s){if(!s||typeof s!="object")return"no configuration";let{layout:e,walkers:t,hide:n}=s;if(e!==void 0&&!(e in ds))return`layout: ${String(e)} (compact, standard, tall)`;let i=typeof t=="string"?[t]:t??[];return!Array.isArray(i)||i.some(r=>typeof r!="string")?"walkers: a list of devices or names":n!==void 0&&!Array.isArray(n)?"hide: a list":void 0}var Me=["day","week","month","year"];var hn=["sunday","monday","tuesday","wednesday","thursday","friday","saturday"];function mn(s,e){let t=new Intl.DateTimeFormat("en-CA",{timeZone:e,year:"numeric",month:"2-digit",day:"2-digit"}).format(s),[n=1970,i=1,r=1]=t.split("-").map(Number);return{year:n,month:i,day:r}}function fn({year:s,month:e,day:t},n){let i=Date.UTC(s,e-1,t),r=i;for(let o=0;o<2;o+=1)r=i-gn(new Date(r),n);return new Date(r)}function gn(s,e){let t=new Intl.DateTimeFormat("en-US",{timeZone:e,hourCycle:"h23",year:"numeric",month:"numeric",day:"numeric",hour:"numeric",minute:"numeric",second:"numeric"}).formatToParts(s),n=r=>Number(t.find(o=>o.type===r)?.value);return Date.UTC(n("year"),n("month")-1,n("day"),n("hour"),n("minute"),n("second"))-Math.floor(s.getTime()/1e3)*1e3}function W({year:s,month:e,day:t},n,i=0){let r=new Date(Date.UTC(s,e-1+i,t+n));return{year:r.getUTCFullYear(),month:r.getUTCMonth()+1,day:r.getUTCDate()}}function ls(s,e){let t=hn.indexOf(s??"");return t>=0?t:(new Intl.Locale(e).weekInfo?.firstDay??1)%7}function cs(s,e,t,n,i){let r=mn(t,n),o=p=>fn(p,n);if(s==="day"){let[p,b]=[o(W(r,-e)),o(W(r,1-e))],$=Math.round((b.getTime()-p.getTime())/36e5),z=Array.from({length:$},(Re,k)=>new Date(p.getTime()+k*36e5));return{start:p,end:b,slots:z,slot:"hour"}}let a,l;if(s==="week"){let p=new Date(Date.UTC(r.year,r.month-1,r.day)).getUTCDay();a=W(r,-((p-i+7)%7)-7*e),l=W(a,7)}else s==="month"?(a=W({...r,day:1},0,-e),l=W(a,0,1)):(a={year:r.year-e,month:1,day:1},l={year:r.year-e+1,month:1,day:1});let h=s==="year",m=[];for(let p=a;o(p)<o(l);p=h?W(p,0,1):W(p,1))m.push(o(p));return{start:o(a),end:o(l),slots:m,slot:h?"month":"day"}}function us(s,e){let t=Math.min(s.end.getTime(),e.getTime());return Math.max(1,Math.ceil((t-s.start.getTime())/864e5))}function Ee(s,e){let t=s.slots.map(()=>0);for(let{start:n,change:i}of e){let r=s.slots.findLastIndex(o=>o.getTime()<=n);r>=0&&n<s.end.getTime()&&(t[r]=(t[r]??0)+(i??0))}return t}function rt(s,e,t,n){let i=t.map(o=>({start:Date.parse(o.start),change:o[n]})),r=Ee(s,i);return e.map((o,a)=>Math.max(o,r[a]??0))}var ps=S`
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
`;var hs=6e4,x=class extends C{constructor(){super(...arguments);this.feed={};this.period="week";this.back=0;this.chosen="";this.asked="";this.askedAt=0;this.texts=new K(this)}static{this.styles=[Ce,ps]}static getConfigForm(){return zt()}static getStubConfig(){return{period:"week"}}setConfig(t){let i=t.period!==void 0&&!Me.includes(t.period)?`period: ${String(t.period)} (${Me.join(", ")})`:it(t);if(i)throw new Error(w(this.hass?.locale.language??"en","error.config",{detail:i}));this.config=t,this.period=t.period??"week",this.back=0}getCardSize(){return 5}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.subscribe()}disconnectedCallback(){super.disconnectedCallback(),this.unsubscribe?.(),this.connection=void 0,window.clearTimeout(this.later)}subscribe(){!this.hass||!this.isConnected||this.connection===this.hass.connection||(this.unsubscribe?.(),this.connection=this.hass.connection,this.unsubscribe=re(this.hass).subscribe(t=>{this.feed=t}))}shouldUpdate(t){let n=t.get("hass");return t.size>1||!t.has("hass")||n?.locale!==this.hass?.locale}willUpdate(){this.subscribe()}updated(){this.load()}walkers(){return Se(this.config??{},this.feed.walkers??[])}span(t){let n=this.hass,i=ls(n.locale.first_weekday,n.locale.language);return cs(this.period,this.back,t,n.config.time_zone,i)}load(){let t=this.walkers();if(!this.hass||t.length===0)return;let n=Date.now(),i=this.span(new Date(n)),r=[this.period,i.start.getTime(),...t.map(l=>l.slug)].join(" "),o=JSON.stringify(t.map(l=>[l.hours,l.days]));if(this.asked===`${r} ${o}`)return;let a=!this.asked.startsWith(`${r} `);if(window.clearTimeout(this.later),!a&&n-this.askedAt<hs){this.later=window.setTimeout(()=>this.load(),hs-(n-this.askedAt));return}this.asked=`${r} ${o}`,this.askedAt=n,this.fetch(t,i,this.asked)}async fetch(t,n,i){let r=(o,a)=>`retrostep:${o.slug}_${a}_steps`;try{let o=await this.hass.callWS({type:"recorder/statistics_during_period",start_time:n.start.toISOString(),end_time:n.end.toISOString(),period:n.slot,statistic_ids:t.flatMap(a=>[r(a,"backward"),r(a,"forward")]),types:["change"]});if(i!==this.asked)return;this.problem=void 0,this.bars=t.map(a=>({walker:a,span:n,backward:Ee(n,o[r(a,"backward")]??[]),forward:Ee(n,o[r(a,"forward")]??[])}))}catch(o){this.problem=String(o.message??o)}}render(){let{hass:t,config:n}=this;return!t||!n?u:c`<ha-card>${this.content({hass:t})}</ha-card>`}content(t){if(this.feed.error)return R(d(t,"error.title"),d(t,"error.not_set_up"));if(!this.feed.walkers)return c`<div class="message"><span class="quiet">${d(t,"loading")}</span></div>`;if(this.walkers().length===0){let i=this.feed.walkers.length>0;return R(d(t,"none.title"),d(t,i?"none.chosen":"none.text"))}let n=this.problem?R(d(t,"error.title"),d(t,"error.statistics",{detail:this.problem})):(this.bars??[]).map(i=>this.chart(t,this.live(i)));return c`<div class="history">${this.tools(t)} ${n}</div>`}live(t){let n=this.walkers().find(({slug:r})=>r===t.walker.slug)??t.walker,i=n.hours??[];return{...t,walker:n,backward:rt(t.span,t.backward,i,"backward"),forward:rt(t.span,t.forward,i,"forward")}}tools(t){let n=i=>()=>{this.back=Math.max(0,this.back+i),this.chosen=""};return c`<div class="tools">
      <div class="tabs" role="group" aria-label=${d(t,"history.periods")}>
        ${Me.map(i=>c`<button
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
    </div>`}format({hass:t},n){let i=t.locale.time_format==="24"&&n.hour?{hourCycle:"h23"}:{};return new Intl.DateTimeFormat(t.locale.language,{...n,...i,timeZone:t.config.time_zone})}headingOf(t){let n=this.span(new Date);switch(this.period){case"day":return this.format(t,{weekday:"short",day:"numeric",month:"short"}).format(n.start);case"week":{let i=n.slots.at(-1)??n.start;return this.format(t,{day:"numeric",month:"short"}).formatRange(n.start,i)}case"month":return this.format(t,{month:"long",year:"numeric"}).format(n.start);default:return this.format(t,{year:"numeric"}).format(n.start)}}chart(t,n){let{hass:i}=t,{span:r,walker:o}=n,a=r.slots.map((k,_)=>(n.backward[_]??0)+(n.forward[_]??0)),l=Math.max(...a,0),h=n.backward.reduce((k,_)=>k+_,0),m=k=>f(i,k),p=this.format(t,r.slot==="hour"?{hour:"numeric"}:r.slot==="day"?{weekday:"long",day:"numeric",month:"long"}:{month:"long",year:"numeric"}),b=k=>d(t,"history.bar",{when:p.format(r.slots[k]),backward:m(n.backward[k]??0),forward:m(n.forward[k]??0)}),$=us(r,new Date),z=r.slot==="day"?` · ${d(t,"history.average",{average:m(h/$)})}`:"",Re=k=>`block-size:${((k??0)/(l||1)*100).toFixed(1)}%`;return c`<div class="chart" role="group" aria-label=${o.name}>
      <div class="head">
        <h2>${o.name}</h2>
        <span class="quiet" role="status"
          >${this.chosen.startsWith(`${o.slug} `)?b(Number(this.chosen.split(" ")[1])):`${d(t,"history.total",{total:m(h)})}${z}`}</span
        >
      </div>
      ${l===0?c`<p class="empty">${d(t,"history.empty")}</p>`:c`<div class="plot">
              <span class="top" aria-hidden="true">${m(l)}</span>
              <ul class=${this.period} @pointerleave=${()=>this.chosen=""}>
                ${r.slots.map((k,_)=>c`<li
                      class=${this.chosen===`${o.slug} ${_}`?"chosen":""}
                      @pointerenter=${()=>this.chosen=`${o.slug} ${_}`}
                    >
                      <i class="forward" style=${Re(n.forward[_])}></i>
                      <i class="backward" style=${Re(n.backward[_])}></i>
                      ${a[_]?c`<span class="hidden">${b(_)}</span>`:u}
                    </li>`)}
              </ul>
              ${this.axis(t,r)}
            </div>`}
    </div>`}axis(t,n){let i={day:{hour:"numeric"},week:{weekday:"short"},month:{day:"numeric"},year:{month:"narrow"}},r={day:6,week:1,month:7,year:1}[this.period],o=this.format(t,i[this.period]);return c`<div class="axis ${this.period}" aria-hidden="true">
      ${n.slots.map((a,l)=>c`<span>${l%r?u:o.format(a)}</span>`)}
    </div>`}};y([B({attribute:!1})],x.prototype,"hass",2),y([v()],x.prototype,"config",2),y([v()],x.prototype,"feed",2),y([v()],x.prototype,"period",2),y([v()],x.prototype,"back",2),y([v()],x.prototype,"bars",2),y([v()],x.prototype,"problem",2),y([v()],x.prototype,"chosen",2);var bn=["sensor.sessions_today","sensor.last_session","sensor.backward_steps_week","sensor.goal_days_this_week","sensor.best_streak","sensor.walk_3m_time","sensor.energy_today"],yn=["sensor.sitting_state","sensor.longest_sitting_today","sensor.breaks_today","switch.reminders"],wn=["Status","Battery level","Unsynced minutes","Worn","Direction confidence","Sampling gaps"],kn=8,vn=864e5,He=class extends HTMLElement{static{this.registryDependencies=["devices","entities"]}static{this.noEditor=!0}static{this.configRequired=!1}static getCreateSuggestions(){return{title:"RetroStep",icon:"mdi:shoe-print"}}static async generate(e,t){let n=(r,o={})=>w(t.locale.language,r,o);await ne(t.locale.language);let i;try{i=await Ot(t)}catch{i=[]}return i.length===0?{views:[De(n("dashboard.today"),"today","mdi:shoe-print",[q([ms()])])]}:{views:[De(n("dashboard.today"),"today","mdi:shoe-print",[...i.map(r=>q([ms(r,"tall")])),q([ot("week"),Le(n("dashboard.hints"),"mdi:lightbulb-on-outline"),$n(t,n)])]),De(n("dashboard.history"),"history","mdi:chart-bar",i.flatMap(r=>xn(r,n))),De(n("dashboard.pods"),"pods","mdi:chip",i.flatMap(r=>_n(r,n)))]}}};function De(s,e,t,n){return{title:s,path:e,icon:t,type:"sections",max_columns:3,sections:n}}function q(s){return{type:"grid",cards:s}}function Le(s,e){return{type:"heading",heading:s,icon:e}}function ms(s,e="standard"){return{type:"custom:retrostep-card",layout:e,...fs(s)}}function fs(s){return s?{walkers:[s.device_id??s.entry_id]}:{}}function gs(s,e){return e.flatMap(t=>s[t]?[{type:"tile",entity:s[t],name:{type:"entity"}}]:[])}function ot(s,e){return{type:"custom:retrostep-history-card",period:s,...fs(e)}}function $n(s,e){let t=Math.floor(Date.now()/vn)%kn+1;return{type:"markdown",content:A(s.locale.language,`hint.${t}`)??e("hint.1")}}function xn(s,e){let t=(n,i,r)=>{let o=gs(s.entities,r);return o.length?[q([Le(n,i),...o])]:[]};return[q([ot("month",s),ot("year",s)]),...t(`${e("dashboard.sessions")} · ${s.name}`,"mdi:flag-checkered",bn),...t(`${e("dashboard.sitting")} · ${s.name}`,"mdi:seat-outline",yn)]}function _n(s,e){if(s.pods.length===0){let t=e("dashboard.no_pod",{name:An(s.name)});return[q([Le(s.name,"mdi:chip"),{type:"markdown",content:t}])]}return s.pods.map(t=>q([Le(`${s.name} · ${t.name}`,"mdi:chip"),...gs(t.entities,wn)]))}function An(s){return s.replace(/[\\`*_{}[\]()#+!|<>&~-]/g,e=>`&#${e.charCodeAt(0)};`)}function bs(s,e){let t=s.entities?.[e];return t?.platform!=="retrostep"?null:{config:{type:"custom:retrostep-card",walkers:t.device_id?[t.device_id]:[],layout:"standard"}}}var at="https://github.com/retrostep/retrostep",ys=window,ws=document.documentElement.lang||"en",Z=s=>w(ws,s);customElements.get("retrostep-card")||(customElements.define("retrostep-card",M),customElements.define("retrostep-history-card",x),customElements.define("ll-strategy-dashboard-retrostep",He),ne(ws).then(Sn));function Sn(){(ys.customCards??=[]).push({type:"retrostep-card",name:Z("card.name"),description:Z("card.description"),preview:!0,documentationURL:at,getEntitySuggestion:bs},{type:"retrostep-history-card",name:Z("history.name"),description:Z("history.description"),preview:!0,documentationURL:at}),(ys.customStrategies??=[]).push({type:"retrostep",strategyType:"dashboard",name:Z("strategy.name"),description:Z("strategy.description"),documentationURL:at})}
