"""Set-up of walkers and their pods."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, override

import voluptuous as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryFlow,
    OptionsFlow,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import format_mac
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .card.dashboard import PANEL, async_can_have_dashboard, async_dashboard_path
from .const import (
    CONF_DASHBOARD,
    CONF_GUEST_NAME,
    CONF_MAC,
    CONF_PERSON,
    CONF_PODS,
    CONF_WALKER,
    DOMAIN,
    SUBENTRY_POD,
)
from .core.markdown import as_text
from .options.new_walker import NewWalkerForm
from .options.walker import WalkerOptionsFlow
from .pods.device import PodDevice, async_all_pods, async_find_pod
from .pods.discovery import CONF_NAME
from .pods.identity import async_dismiss_discoveries, pod_subentry
from .walker import (
    PERSON_SELECTOR,
    async_macs_in_use,
    async_person_entity_id,
    async_valid_walker,
    async_walker_entries,
)

NEW_WALKER = "new"
NO_FIELDS: Mapping[vol.Marker, Any] = MappingProxyType({})
# What texts of forms link to.
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "docs": "https://github.com/retrostep/retrostep/blob/main/docs/what-a-pod-costs.md",
        "esphome": "/config/integrations/dashboard/add?domain=esphome",
    }
)


@callback
def _async_free_pods(hass: HomeAssistant) -> dict[str, PodDevice]:
    """Return the pods that belong to nobody yet, by MAC."""
    in_use = async_macs_in_use(hass)
    return {pod.mac: pod for pod in async_all_pods(hass) if pod.mac not in in_use}


def _pod_selector(pods: Collection[PodDevice], *, multiple: bool) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=[SelectOptionDict(value=pod.mac, label=pod.name) for pod in pods],
            multiple=multiple,
            mode=SelectSelectorMode.LIST,
        )
    )


class RetroStepConfigFlow(ConfigFlow, domain=DOMAIN):
    """Make a walker, alone or for a pod that was discovered."""

    # 2: a walker has a folder of its own.
    VERSION = 2

    _mac: str
    _form: NewWalkerForm | None = None

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow for the walker's settings."""
        return WalkerOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the flow that gives a walker one more pod."""
        return {SUBENTRY_POD: PodSubentryFlow}

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask who walks and with which of the free pods."""
        errors: dict[str, str] = {}
        free_pods = _async_free_pods(self.hass)
        if user_input is None and not free_pods:
            return await self.async_step_without_pod()
        macs: list[str] = (user_input or {}).get(CONF_PODS, [])
        if not set(macs) <= free_pods.keys():
            errors[CONF_PODS] = "pod_taken"
        pods = [free_pods[mac] for mac in macs if mac in free_pods]
        fields: dict[vol.Marker, Any] = {}
        if free_pods:
            default = list(free_pods) if len(free_pods) == 1 else []
            selector = _pod_selector(free_pods.values(), multiple=True)
            fields[vol.Optional(CONF_PODS, default=default)] = selector
        return await self._async_new_walker(user_input, errors, pods, fields, step_id="user")

    async def async_step_without_pod(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Say that a pod is needed; ask who will walk all the same."""
        return await self._async_new_walker(user_input, {}, [], step_id="without_pod")

    @override
    async def async_step_zeroconf(self, discovery_info: ZeroconfServiceInfo) -> ConfigFlowResult:
        """Offer a pod that was heard on the network, unless it has a walker already."""
        properties = discovery_info.properties
        if not (mac := properties.get("mac")):
            return self.async_abort(reason="mdns_missing_mac")
        name = properties.get("friendly_name") or discovery_info.name.partition(".")[0]
        return await self._async_offer(mac, name)

    @override
    async def async_step_integration_discovery(self, discovery_info: dict[str, Any]) -> ConfigFlowResult:
        """Offer a pod that was found among ESPHome's devices."""
        return await self._async_offer(discovery_info[CONF_MAC], discovery_info[CONF_NAME])

    async def _async_offer(self, mac: str, name: str) -> ConfigFlowResult:
        """Offer a pod unless it has a walker already."""
        self._mac = format_mac(mac)
        await self.async_set_unique_id(self._mac)
        self._abort_if_unique_id_configured()
        if self._mac in async_macs_in_use(self.hass):
            return self.async_abort(reason="already_configured")
        self.context["title_placeholders"] = {"name": as_text(name)}
        if async_walker_entries(self.hass):
            return await self.async_step_walker()
        return await self.async_step_new_walker()

    async def async_step_walker(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which walker wears the discovered pod, or whether it is a new one."""
        errors: dict[str, str] = {}
        walkers = {entry.entry_id: entry for entry in async_walker_entries(self.hass)}
        if user_input is not None:
            if user_input[CONF_WALKER] == NEW_WALKER:
                return await self.async_step_new_walker()
            if self._mac in async_macs_in_use(self.hass):
                return self.async_abort(reason="already_configured")
            entry = walkers.get(user_input[CONF_WALKER])
            pod = self._async_discovered_pod(errors)
            if entry is None:
                errors[CONF_WALKER] = "walker_gone"
            elif pod:
                subentry = pod_subentry(pod)
                self.hass.config_entries.async_add_subentry(
                    entry,
                    ConfigSubentry(
                        data=MappingProxyType(dict(subentry["data"])),
                        subentry_type=subentry["subentry_type"],
                        title=subentry["title"],
                        unique_id=subentry["unique_id"],
                    ),
                )
                return self.async_abort(
                    reason="pod_added", description_placeholders={"walker": as_text(entry.title)}
                )

        options = [SelectOptionDict(value=key, label=entry.title) for key, entry in walkers.items()]
        selector = SelectSelector(
            SelectSelectorConfig(
                options=[*options, SelectOptionDict(value=NEW_WALKER, label=NEW_WALKER)],
                mode=SelectSelectorMode.LIST,
                translation_key=CONF_WALKER,
            )
        )
        return self.async_show_form(
            step_id="walker",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Required(CONF_WALKER): selector}), user_input
            ),
            description_placeholders=self.context["title_placeholders"],
            errors=errors,
        )

    async def async_step_new_walker(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whose the discovered pod is, and for a goal to begin with."""
        if user_input is not None and self._mac in async_macs_in_use(self.hass):
            return self.async_abort(reason="already_configured")
        errors: dict[str, str] = {}
        pod = self._async_discovered_pod(errors)
        return await self._async_new_walker(user_input, errors, [pod] if pod else [], step_id="new_walker")

    async def _async_new_walker(
        self,
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
        pods: list[PodDevice],
        fields: Mapping[vol.Marker, Any] = NO_FIELDS,
        *,
        step_id: str,
    ) -> ConfigFlowResult:
        """Show the form of a new walker until it is filled in; then there is one.

        `errors` hold what else stands in the way, and `fields` what else is asked for.
        """
        path = await async_dashboard_path(self.hass)
        if self._form is None:
            dashboard = path is None and async_can_have_dashboard(self.hass)
            self._form = NewWalkerForm(self.hass, dashboard=dashboard)
        if user_input is None:
            shown = self._form.async_propose()
        else:
            shown = dict(user_input)
            if new := self._form.async_read(shown, errors):
                async_dismiss_discoveries(self.hass, [pod.mac for pod in pods], but=self.flow_id)
                await self.async_set_unique_id(new.walker.unique_id, raise_on_progress=False)
                has_dashboard = path is not None or CONF_DASHBOARD in new.data
                return self.async_create_entry(
                    title=new.walker.name,
                    data=new.data,
                    options=new.options,
                    subentries=[pod_subentry(pod) for pod in pods],
                    description="dashboard" if has_dashboard else None,
                    description_placeholders={"walker": as_text(new.walker.name), "dashboard": f"/{PANEL}"},
                )
        schema = vol.Schema({**fields, **self._form.async_schema().schema})
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            description_placeholders={**self.context.get("title_placeholders", {}), **PLACES},
            errors=errors,
        )

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let another person be the walker; counts, slug and pods stay."""
        errors: dict[str, str] = {}
        entry = self._get_reconfigure_entry()
        if user_input is not None and (walker := async_valid_walker(self.hass, user_input, errors, entry)):
            return self.async_update_and_abort(
                entry,
                unique_id=walker.unique_id,
                title=walker.name,
                data_updates={CONF_PERSON: walker.person},
            )

        person = async_person_entity_id(self.hass, entry)
        suggested = user_input or ({CONF_PERSON: person} if person else {CONF_GUEST_NAME: entry.title})
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(
                    {
                        vol.Optional(CONF_PERSON): PERSON_SELECTOR,
                        vol.Optional(CONF_GUEST_NAME): TextSelector(),
                    }
                ),
                suggested,
            ),
            description_placeholders={"walker": as_text(entry.title)},
            errors=errors,
        )

    @callback
    def _async_discovered_pod(self, errors: dict[str, str]) -> PodDevice | None:
        """Return the discovered pod once ESPHome has it, or say in `errors` that it has not."""
        if (pod := async_find_pod(self.hass, self._mac)) is None:
            errors["base"] = "pod_not_in_esphome"
        return pod


class PodSubentryFlow(ConfigSubentryFlow):
    """Give a walker one more pod."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for one of the pods that belong to nobody."""
        errors: dict[str, str] = {}
        free_pods = _async_free_pods(self.hass)
        if user_input is not None:
            if pod := free_pods.get(user_input[CONF_MAC]):
                async_dismiss_discoveries(self.hass, [pod.mac])
                subentry = pod_subentry(pod)
                return self.async_create_entry(
                    title=subentry["title"], data=subentry["data"], unique_id=subentry["unique_id"]
                )
            errors[CONF_MAC] = "pod_taken"
        if not free_pods:
            return self.async_abort(reason="no_free_pods")
        selector = _pod_selector(free_pods.values(), multiple=False)
        return self.async_show_form(
            step_id="user", data_schema=vol.Schema({vol.Required(CONF_MAC): selector}), errors=errors
        )
