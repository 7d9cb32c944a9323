"""What Home Assistant's and HACS' own checkers ask of a custom integration, as far as it needs no network.

The official checkers run in the workflows; these rules are theirs (Home Assistant 2026.10, HACS), checked
here so that a slip is noticed before it is pushed.
"""

import json
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "custom_components" / "retrostep"
LANGUAGES = sorted(path.stem for path in (FOLDER / "translations").glob("*.json"))

MANIFEST_KEYS = {
    "domain",
    "name",
    "after_dependencies",
    "bluetooth",
    "codeowners",
    "config_flow",
    "dependencies",
    "dhcp",
    "disabled",
    "documentation",
    "homekit",
    "import_executor",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "loggers",
    "mqtt",
    "preview_features",
    "quality_scale",
    "requirements",
    "single_config_entry",
    "ssdp",
    "usb",
    "version",
    "zeroconf",
}
IOT_CLASSES = {
    "assumed_state",
    "calculated",
    "cloud_polling",
    "cloud_push",
    "local_polling",
    "local_push",
}
HACS_KEYS = {
    "name": str,
    "content_in_root": bool,
    "country": (str, list),
    "filename": str,
    "hacs": str,
    "hide_default_branch": bool,
    "homeassistant": str,
    "persistent_directory": str,
    "render_readme": bool,
    "zip_release": bool,
}
TRANSLATION_KEYS = {
    "title",
    "common",
    "conditions",
    "config",
    "config_panel",
    "config_subentries",
    "device",
    "device_automation",
    "entity",
    "entity_component",
    "exceptions",
    "issues",
    "options",
    "preview_features",
    "selector",
    "services",
    "system_health",
    "triggers",
}


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def translation(language: str) -> dict[str, Any]:
    texts: dict[str, Any] = read_json(FOLDER / "translations" / f"{language}.json")
    return texts


def described(name: str) -> dict[str, Any]:
    """Give the keys and fields a YAML file describes, without its anchors."""
    path = FOLDER / f"{name}.yaml"
    if not path.exists():
        return {}
    loaded = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {key: value or {} for key, value in loaded.items() if not key.startswith(".")}


def leaves(texts: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk over every text with its path."""
    if isinstance(texts, dict):
        for key, value in texts.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, texts


def fields_of(description: dict[str, Any]) -> Iterator[str]:
    """Give the names of all fields, those inside sections too."""
    for name, field in (description.get("fields") or {}).items():
        if isinstance(field, dict) and "fields" in field:
            yield from fields_of(field)
        else:
            yield name


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = read_json(FOLDER / "manifest.json")
    return loaded


# Manifest


def test_the_manifest_has_only_known_keys_domain_and_name_first_the_rest_in_order(
    manifest: dict[str, Any],
) -> None:
    keys = list(manifest)
    assert set(keys) <= MANIFEST_KEYS
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])


def test_the_manifest_says_what_must_be_said(manifest: dict[str, Any]) -> None:
    required = {"codeowners", "documentation", "domain", "iot_class", "issue_tracker", "name", "version"}
    assert required <= manifest.keys()
    assert manifest["domain"] == FOLDER.name
    assert manifest["iot_class"] in IOT_CLASSES
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert manifest["documentation"].startswith("https://")
    assert "home-assistant.io" not in manifest["documentation"]
    assert all(owner.startswith("@") for owner in manifest["codeowners"])


def test_the_integration_needs_no_package_and_reaches_pods_through_esphome_alone(
    manifest: dict[str, Any],
) -> None:
    assert manifest["requirements"] == []
    assert "dependencies" not in manifest
    assert manifest["integration_type"] == "service"
    assert manifest["iot_class"] == "local_push"


def test_matchers_for_discovery_are_lower_case(manifest: dict[str, Any]) -> None:
    for matcher in manifest["zeroconf"]:
        assert matcher["type"].endswith("._tcp.local.")
        assert all(value == value.lower() for value in matcher["properties"].values())


def test_the_integration_brings_no_strings_file() -> None:
    assert not (FOLDER / "strings.json").exists()


# HACS


def test_hacs_finds_what_it_knows_in_its_file_and_nothing_else() -> None:
    hacs = read_json(ROOT / "hacs.json")
    assert set(hacs) <= HACS_KEYS.keys()
    for key, value in hacs.items():
        assert isinstance(value, HACS_KEYS[key]), key
    assert hacs["name"]
    assert "filename" in hacs or not hacs.get("zip_release")


def test_the_repository_holds_one_integration_a_readme_and_a_licence() -> None:
    integrations = [path.parent.name for path in ROOT.glob("custom_components/*/manifest.json")]
    assert integrations == ["retrostep"]
    assert (ROOT / "README.md").stat().st_size > 0
    assert (ROOT / "LICENSE").stat().st_size > 0


# Brand


@pytest.mark.parametrize("theme", ["", "dark_"])
@pytest.mark.parametrize("scale", [1, 2])
def test_brand_images_have_the_sizes_home_assistant_serves(theme: str, scale: int) -> None:
    suffix = "@2x" if scale == 2 else ""
    icon = Image.open(FOLDER / "brand" / f"{theme}icon{suffix}.png")
    logo = Image.open(FOLDER / "brand" / f"{theme}logo{suffix}.png")
    assert icon.size == (256 * scale, 256 * scale)
    assert 128 * scale <= min(logo.size) <= 256 * scale
    for image in (icon, logo):
        assert image.format == "PNG"
        assert image.mode == "RGBA"
        assert image.getpixel((0, 0))[3] == 0, "the background is transparent"


# Texts


def test_english_is_there() -> None:
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_of_known_kinds(language: str) -> None:
    assert translation(language).keys() <= TRANSLATION_KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_hold_no_markup_no_addresses_and_no_stray_spaces(language: str) -> None:
    for path, text in leaves(translation(language)):
        assert isinstance(text, str), path
        assert text == text.strip(), path
        assert text, path
        assert not re.search(r"<[a-zA-Z/]", text), path
        assert "://" not in text, path
        assert not re.search(r"'\{\w+\}'", text), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_description_of_a_field_has_a_label(language: str) -> None:
    texts = translation(language)
    forms = {path[:-2]: None for path, _ in leaves(texts) if len(path) > 2 and path[-2] == "data_description"}
    for path in forms:
        form = texts
        for key in path:
            form = form[key]
        assert form["data_description"].keys() <= form["data"].keys(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_subentries_say_what_they_are_and_how_one_is_added(language: str) -> None:
    for subentry in translation(language)["config_subentries"].values():
        assert subentry["entry_type"]
        assert subentry["initiate_flow"]["user"]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_has_the_texts_of_english_with_the_same_placeholders(language: str) -> None:
    english = dict(leaves(translation("en")))
    texts = dict(leaves(translation(language)))
    assert texts.keys() == english.keys()
    for path, text in texts.items():
        assert placeholders(text) == placeholders(english[path]), path


@pytest.mark.parametrize("kind", ["services", "triggers", "conditions"])
def test_what_is_described_for_automations_has_names_descriptions_and_icons(kind: str) -> None:
    descriptions = described(kind)
    texts = translation("en").get(kind, {})
    icons = read_json(FOLDER / "icons.json").get(kind, {})
    assert texts.keys() == descriptions.keys() == icons.keys()
    for key, description in descriptions.items():
        assert texts[key]["name"]
        assert texts[key]["description"]
        fields = texts[key].get("fields", {})
        assert fields.keys() == set(fields_of(description)), key
        assert all(field["name"] and field["description"] for field in fields.values()), key
