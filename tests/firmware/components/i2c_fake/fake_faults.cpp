#include "fake_faults.h"

#include <cstdio>
#include <cstdlib>

namespace esphome::i2c_fake {

Faults::Faults() {
  const char *text = getenv("I2C_FAKE_FAULTS");
  if (text == nullptr) return;
  float from_s = 0, until_s = 0;
  const auto us = [](float s) { return static_cast<uint32_t>(s * 1e6f); };
  if (sscanf(text, "dead@%f-%f", &from_s, &until_s) == 2) {
    this->dead_from_us_ = us(from_s);
    this->dead_until_us_ = us(until_s);
  } else if (sscanf(text, "reset@%f", &from_s) == 1) {
    this->reset_at_us_ = us(from_s);
  } else if (sscanf(text, "stuck@%f", &from_s) == 1) {
    this->stuck_from_us_ = us(from_s);
  } else {
    fprintf(stderr, "I2C_FAKE_FAULTS: what is '%s'?\n", text);
    abort();
  }
}

bool Faults::reset(uint32_t now_us) {
  if (now_us < this->reset_at_us_) return false;
  this->reset_at_us_ = UINT32_MAX;
  return true;
}

}  // namespace esphome::i2c_fake
