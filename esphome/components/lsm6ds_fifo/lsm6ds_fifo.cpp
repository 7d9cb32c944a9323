#include "lsm6ds_fifo.h"

#include <algorithm>

#include "esphome/core/hal.h"
#include "esphome/core/helpers.h"
#include "esphome/core/log.h"

namespace esphome::lsm6ds_fifo {

using namespace lsm6ds;

static const char *const TAG = "lsm6ds_fifo";

static constexpr uint8_t LSM6DS3 = 0x69;
static constexpr uint8_t LSM6DS3TR_C = 0x6A;

// Datasheet DocID030071, "FIFO registers".
static constexpr uint8_t REG_FIFO_CTRL3 = 0x08;       // decimation of gyroscope [5:3] and accelerometer [2:0]
static constexpr uint8_t REG_FIFO_CTRL4 = 0x09;       // no third and fourth data set, all bits of both
static constexpr uint8_t REG_FIFO_CTRL5 = 0x0A;       // rate [6:3] as in CTRL1_XL, mode [2:0]
static constexpr uint8_t REG_FIFO_STATUS1 = 0x3A;     // and 2: words that wait
static constexpr uint8_t REG_FIFO_STATUS3 = 0x3C;     // and 4: which word of a sample comes next
static constexpr uint8_t REG_FIFO_DATA_OUT_L = 0x3E;  // rolls over within itself and 0x3F in a burst
static constexpr uint8_t NO_DECIMATION = 0x09;
static constexpr uint8_t MODE_BYPASS = 0x00;  // off and empty
static constexpr uint8_t STATUS2_OVER_RUN = 1 << 6;
static constexpr uint8_t STATUS2_COUNT_LSM6DS3 = 0x0F;
static constexpr uint8_t STATUS2_COUNT_LSM6DS3TR_C = 0x07;
static constexpr uint8_t STATUS4_PATTERN = 0x03;
// "Wake-up" and "Power modes" of application note AN5130.
static constexpr uint8_t REG_CTRL8_XL = 0x17;
static constexpr uint8_t REG_TAP_CFG = 0x58;
static constexpr uint8_t REG_WAKE_UP_THS = 0x5B;
static constexpr uint8_t REG_WAKE_UP_DUR = 0x5C;
static constexpr uint8_t REG_MD1_CFG = 0x5E;
static constexpr uint8_t ACCEL_SAVES_POWER = 1 << 4;  // low-power mode up to 52 Hz, normal mode to 208 Hz
static constexpr uint8_t GYRO_SAVES_POWER = 1 << 7;
static constexpr uint8_t ACCEL_26HZ_2G = 0x20;
static constexpr uint8_t INTERRUPTS_ON_SLOPE = 1 << 7;
static constexpr uint8_t INTERRUPTS_ON_HIGH_PASS = 1 << 7 | 1 << 4;
static constexpr uint8_t HIGH_PASS_ODR_100 = 1 << 5;
static constexpr uint8_t WAKE_UP_ON_INT1 = 1 << 5;
/// In 64ths of the range, 2 g: half of what acceleration changes by between two readings 38 ms apart. 62 mg
/// are a foot that is put down, not a table that is knocked at.
static constexpr uint8_t MOTION_THRESHOLD_2G = 2;
/// As little as there is. In the range of 16 g that is 250 mg beside gravity: a foot that is lifted.
static constexpr uint8_t LEAST_MOTION_THRESHOLD = 1;
/// The filter's first readings of another range are no motion: two at 26 Hz, and some.
static constexpr uint32_t FILTER_SETTLES_MS = 100;
static constexpr size_t WORDS_PER_SAMPLE = 6;
static constexpr size_t BYTES_PER_SAMPLE = 2 * WORDS_PER_SAMPLE;

static constexpr float g_per_lsb(LSM6DSAccelRange range) {
  switch (range) {
    case LSM6DS_ACCEL_RANGE_2G:
      return 0.061e-3f;
    case LSM6DS_ACCEL_RANGE_4G:
      return 0.122e-3f;
    case LSM6DS_ACCEL_RANGE_8G:
      return 0.244e-3f;
    default:
      return 0.488e-3f;
  }
}

static constexpr float dps_per_lsb(LSM6DSGyroRange range) {
  switch (range) {
    case LSM6DS_GYRO_RANGE_125:
      return 4.375e-3f;
    case LSM6DS_GYRO_RANGE_250:
      return 8.75e-3f;
    case LSM6DS_GYRO_RANGE_500:
      return 17.5e-3f;
    case LSM6DS_GYRO_RANGE_1000:
      return 35.0e-3f;
    default:
      return 70.0e-3f;
  }
}

void LSM6DSFifo::setup() {
  this->g_per_lsb_ = g_per_lsb(this->accel_range_);
  this->dps_per_lsb_ = dps_per_lsb(this->gyro_range_);
  MotionFifo::setup();
}

bool LSM6DSFifo::set_up_() {
  if (!this->read_byte(LSM6DS_REG_WHO_AM_I, &this->who_am_i_)) {
    ESP_LOGE(TAG, "No answer");
    return false;
  }
  if (this->who_am_i_ != LSM6DS3 && this->who_am_i_ != LSM6DS3TR_C) {
    ESP_LOGE(TAG, "WHO_AM_I is 0x%02X, neither that of an LSM6DS3 (0x69) nor of an LSM6DS3TR-C (0x6A)",
             this->who_am_i_);
    return false;
  }
  if (this->has_filled_asleep_()) {
    ESP_LOGD(TAG, "Reading on where the processor fell asleep");
    this->filled_asleep_ = true;
    this->take_over_();
    return true;
  }
  if (this->configure_()) return true;
  ESP_LOGE(TAG, "The set-up was not taken");
  return false;
}

bool LSM6DSFifo::holds_(uint8_t at, uint8_t expected) {
  uint8_t value = 0;
  return this->read_byte(at, &value) && value == expected;
}

bool LSM6DSFifo::put_(uint8_t at, uint8_t value) {
  return this->write_byte(at, value) && this->holds_(at, value);
}

bool LSM6DSFifo::has_filled_asleep_() {
  if (!this->fills_asleep_) return false;
  // Only watch_for_motion() sends motion to the pin; the sensor keeps its registers as long as it has power.
  return this->holds_(REG_MD1_CFG, WAKE_UP_ON_INT1) &&
         this->holds_(LSM6DS_REG_CTRL1_XL, this->accel_setting_()) &&
         this->holds_(LSM6DS_REG_CTRL2_G, this->gyro_setting_()) &&
         this->holds_(REG_FIFO_CTRL5, this->fifo_setting_()) && this->put_(REG_MD1_CFG, 0);
}

bool LSM6DSFifo::configure_() {
  if (!this->write_byte(LSM6DS_REG_CTRL3_C, CTRL3_C_SW_RESET)) return false;
  delay(2);  // 50 µs are typical
  return this->put_(LSM6DS_REG_CTRL3_C, CTRL3_C_IF_INC | CTRL3_C_BDU) &&
         this->put_(LSM6DS_REG_CTRL1_XL, this->accel_setting_()) &&
         this->put_(LSM6DS_REG_CTRL2_G, this->gyro_setting_()) && this->put_(REG_FIFO_CTRL3, NO_DECIMATION) &&
         this->put_(REG_FIFO_CTRL4, 0) && (!this->fills_asleep_ || this->prepare_for_sleep_());
}

bool LSM6DSFifo::prepare_for_sleep_() {
  // All of it from the start on: nothing that is measured changes when the processor sleeps or wakes, and the
  // filter has long settled then.
  return this->put_(LSM6DS_REG_CTRL6_C, ACCEL_SAVES_POWER) &&
         this->put_(LSM6DS_REG_CTRL7_G, GYRO_SAVES_POWER) && this->put_(REG_CTRL8_XL, HIGH_PASS_ODR_100) &&
         this->put_(REG_WAKE_UP_DUR, 0) && this->put_(REG_WAKE_UP_THS, LEAST_MOTION_THRESHOLD) &&
         this->put_(REG_TAP_CFG, INTERRUPTS_ON_HIGH_PASS);
}

bool LSM6DSFifo::restart_fifo_() {
  return this->write_byte(REG_FIFO_CTRL5, MODE_BYPASS) &&
         this->write_byte(REG_FIFO_CTRL5, this->fifo_setting_());
}

bool LSM6DSFifo::watch_for_motion() {
  this->stop_poller();
  const bool watching = this->ready() &&
                        (this->fills_asleep_ ? this->measures_on_() : this->measure_no_more_()) &&
                        this->put_(REG_MD1_CFG, WAKE_UP_ON_INT1);
  if (!watching) {
    ESP_LOGE(TAG, "The IMU does not watch for motion: only the timer wakes the pod");
  }
  return watching;
}

bool LSM6DSFifo::measures_on_() {
  // The chip may have lost what it was told at the start.
  return this->holds_(LSM6DS_REG_CTRL1_XL, this->accel_setting_()) &&
         this->holds_(REG_CTRL8_XL, HIGH_PASS_ODR_100) &&
         this->holds_(REG_WAKE_UP_THS, LEAST_MOTION_THRESHOLD) &&
         this->holds_(REG_TAP_CFG, INTERRUPTS_ON_HIGH_PASS);
}

bool LSM6DSFifo::measure_no_more_() {
  const bool taken = this->put_(REG_FIFO_CTRL5, MODE_BYPASS) && this->put_(LSM6DS_REG_CTRL2_G, 0) &&
                     this->put_(LSM6DS_REG_CTRL6_C, ACCEL_SAVES_POWER) &&
                     this->put_(LSM6DS_REG_CTRL1_XL, ACCEL_26HZ_2G) && this->put_(REG_WAKE_UP_DUR, 0) &&
                     this->put_(REG_WAKE_UP_THS, MOTION_THRESHOLD_2G) &&
                     this->put_(REG_TAP_CFG, INTERRUPTS_ON_SLOPE);
  delay(FILTER_SETTLES_MS);
  return taken;
}

bool LSM6DSFifo::count_samples_(size_t &count) {
  uint8_t status[2];
  if (!this->read_bytes(REG_FIFO_STATUS1, status, sizeof(status))) return false;
  if (status[1] & STATUS2_OVER_RUN) {
    // Nobody reads while the processor sleeps; what is left then are the latest seconds.
    if (!this->filled_asleep_) this->note_overflow_();
    if (!this->find_sample_(status)) return this->start_over_();
  } else if (!this->in_step_()) {
    return this->out_of_step_();
  }
  this->filled_asleep_ = false;
  const uint8_t mask = this->who_am_i_ == LSM6DS3 ? STATUS2_COUNT_LSM6DS3 : STATUS2_COUNT_LSM6DS3TR_C;
  count = this->waiting_ = encode_uint16(status[1] & mask, status[0]) / WORDS_PER_SAMPLE;
  return true;
}

bool LSM6DSFifo::find_sample_(uint8_t (&status)[2]) {
  // It is not a whole number of samples that was overwritten. Room first, so that nothing is overwritten
  // meanwhile; then the chip says what comes next.
  uint8_t dropped[2 * BYTES_PER_SAMPLE];
  size_t next = 0;
  if (this->read_register(REG_FIFO_DATA_OUT_L, dropped, sizeof(dropped)) != i2c::ERROR_OK ||
      !this->next_word_(next))
    return false;
  const size_t rest = (WORDS_PER_SAMPLE - next) % WORDS_PER_SAMPLE;
  if (rest > 0 && this->read_register(REG_FIFO_DATA_OUT_L, dropped, 2 * rest) != i2c::ERROR_OK) return false;
  return this->read_bytes(REG_FIFO_STATUS1, status, sizeof(status));
}

bool LSM6DSFifo::next_word_(size_t &word) {
  uint8_t status[2];
  if (!this->read_bytes(REG_FIFO_STATUS3, status, sizeof(status))) return false;
  word = encode_uint16(status[1] & STATUS4_PATTERN, status[0]) % WORDS_PER_SAMPLE;
  return true;
}

bool LSM6DSFifo::in_step_() {
  size_t next = 0;
  // Asked while the chip writes, it may say something else once.
  for (int asked = 0; asked < 2; asked++) {
    if (this->next_word_(next) && next == 0) return true;
  }
  return false;
}

bool LSM6DSFifo::fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) {
  // One stays behind: in an empty FIFO every sample begins anew, and nobody could tell that words were
  // skipped.
  wanted = std::min(wanted, this->waiting_ - std::min<size_t>(this->waiting_, 1));
  if (wanted == 0) return true;
  this->waiting_ -= wanted;
  uint8_t raw[MAX_BURST * BYTES_PER_SAMPLE];
  if (this->read_register(REG_FIFO_DATA_OUT_L, raw, wanted * BYTES_PER_SAMPLE) != i2c::ERROR_OK) {
    // Some of it may have come: the next reading would begin in the middle of a sample.
    return this->start_over_();
  }
  // A disturbed bus makes the chip skip words: gyroscope and accelerometer would trade places.
  if (!this->in_step_()) return this->out_of_step_();
  const auto word = [&raw](size_t at) { return static_cast<int16_t>(encode_uint16(raw[at + 1], raw[at])); };
  for (size_t i = 0; i < wanted; i++) {
    const size_t at = i * BYTES_PER_SAMPLE;
    for (size_t axis = 0; axis < 3; axis++) {
      burst[i].angular_rate[axis] = static_cast<float>(word(at + 2 * axis)) * this->dps_per_lsb_;
      burst[i].acceleration[axis] = static_cast<float>(word(at + 6 + 2 * axis)) * this->g_per_lsb_;
    }
  }
  fetched = wanted;
  return true;
}

void LSM6DSFifo::dump_config() {
  ESP_LOGCONFIG(TAG, "LSM6DS with FIFO: %s", this->who_am_i_ == LSM6DS3 ? "LSM6DS3" : "LSM6DS3TR-C");
  LOG_I2C_DEVICE(this);
  ESP_LOGCONFIG(TAG,
                "  Accelerometer: %.3f mg/LSB\n"
                "  Gyroscope: %.3f mdps/LSB\n"
                "  Fills its FIFO while the processor sleeps: %s",
                this->g_per_lsb_ * 1000.0f, this->dps_per_lsb_ * 1000.0f, YESNO(this->fills_asleep_));
  MotionFifo::dump_config();
}

}  // namespace esphome::lsm6ds_fifo
