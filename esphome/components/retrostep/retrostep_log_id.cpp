#include "retrostep_log_id.h"

#include "esphome/core/helpers.h"
#ifdef USE_ESP32
#include <bootloader_random.h>
#endif

namespace esphome::retrostep {

uint32_t draw_log_id() {
  static constexpr uint32_t ID_BITS = 0x7FFFFFFFU;
  static constexpr int TRIES = 8;
  uint32_t id = 0;
#ifdef USE_ESP32
  // ESP-IDF, "Random Number Generation": before the radio is on, the generator gives true random numbers only
  // while noise of the ADC's reference voltage feeds it. `random_uint32()` would be seeded without.
  bootloader_random_enable();
#endif
  for (int i = 0; i < TRIES && (id & ID_BITS) == 0; i++)
    random_bytes(reinterpret_cast<uint8_t *>(&id), sizeof(id));
#ifdef USE_ESP32
  bootloader_random_disable();
#endif
  return id;
}

}  // namespace esphome::retrostep
