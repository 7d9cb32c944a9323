"""A log's name comes from a generator that noise feeds, and is never 0."""

import subprocess
from typing import TYPE_CHECKING

import pytest

from .chip_compiler import COMPONENTS

if TYPE_CHECKING:
    from pathlib import Path

UNIT = COMPONENTS / "retrostep" / "retrostep_log_id.cpp"
HELPERS = """
#include <cstddef>
#include <cstdint>
namespace esphome { bool random_bytes(uint8_t *data, size_t size); }
"""
NOISE = 'extern "C" { void bootloader_random_enable(void); void bootloader_random_disable(void); }'
# Draws from a list; says what the generator was fed with.
MAIN = """
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include "retrostep_log_id.h"
static bool fed;
static int drawn;
static const uint32_t NUMBERS[] = {@numbers@};
extern "C" void bootloader_random_enable(void) { fed = true; }
extern "C" void bootloader_random_disable(void) { fed = false; }
namespace esphome {
bool random_bytes(uint8_t *data, size_t size) {
  std::memcpy(data, &NUMBERS[drawn++], size);
  std::printf("%s ", fed ? "noise" : "pseudo");
  return true;
}
}
int main() {
  const uint32_t id = esphome::retrostep::draw_log_id();
  std::printf("%" PRIu32 " %s", id, fed ? "left on" : "off");
}
"""


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([4711], "noise 4711 off"),
        ([0, 2**31, 7], "noise noise noise 7 off"),
        ([0] * 8, "noise " * 8 + "0 off"),
    ],
)
def test_an_esp32_draws_from_noise_until_it_is_a_name(numbers: list[int], said: str, tmp_path: Path) -> None:
    """A generator that gives nothing else ends in 0, of which the log makes 1."""
    (tmp_path / "esphome" / "core").mkdir(parents=True)
    (tmp_path / "esphome" / "core" / "helpers.h").write_text(HELPERS)
    (tmp_path / "bootloader_random.h").write_text(NOISE)
    (tmp_path / "main.cpp").write_text(MAIN.replace("@numbers@", ", ".join(f"{n}U" for n in numbers)))
    program = tmp_path / "draw"
    includes = ["-I", tmp_path, "-I", UNIT.parent]
    compiler = ["g++", "-std=gnu++20", "-DUSE_ESP32", *includes, UNIT, tmp_path / "main.cpp", "-o", program]
    subprocess.run(compiler, check=True)
    assert subprocess.run([program], check=True, capture_output=True, text=True).stdout == said
