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
static constexpr uint8_t LSM6DSO = 0x6C;

// "Wake-up" and "Power modes" of application note AN5130.
static constexpr uint8_t REG_WAKE_UP_THS = 0x5B;
static constexpr uint8_t REG_WAKE_UP_DUR = 0x5C;
static constexpr uint8_t REG_MD1_CFG = 0x5E;
static constexpr uint8_t ACCEL_SAVES_POWER = 1 << 4;  // low-power mode up to 52 Hz, normal mode to 208 Hz
static constexpr uint8_t GYRO_SAVES_POWER = 1 << 7;
static constexpr uint8_t ACCEL_26HZ_2G = 0x20;
static constexpr uint8_t WAKE_UP_ON_INT1 = 1 << 5;
/// In 64ths of the range, 2 g: half of what acceleration changes by between two readings 38 ms apart. 62 mg
/// are a foot that is put down, not a table that is knocked at.
static constexpr uint8_t MOTION_THRESHOLD_2G = 2;
/// As little as there is. In the range of 16 g that is 250 mg beside gravity: a foot that is lifted.
static constexpr uint8_t LEAST_MOTION_THRESHOLD = 1;
/// The filter's first readings of another range are no motion: two at 26 Hz, and some.
static constexpr uint32_t FILTER_SETTLES_MS = 100;

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
  uint8_t who_am_i = 0;
  if (!this->read_byte(LSM6DS_REG_WHO_AM_I, &who_am_i)) {
    ESP_LOGE(TAG, "No answer");
    return false;
  }
  if (!this->choose_chip_(who_am_i)) {
    ESP_LOGE(TAG,
             "WHO_AM_I is 0x%02X, not that of an LSM6DS3 (0x69), an LSM6DS3TR-C (0x6A) or an LSM6DSO (0x6C)",
             who_am_i);
    return false;
  }
  if (this->has_filled_asleep_()) {
    ESP_LOGD(TAG, "Reading on where the processor fell asleep");
    this->filled_asleep_ = true;
    this->chip_->started();
    this->take_over_();
    return true;
  }
  if (this->configure_()) return true;
  ESP_LOGE(TAG, "The set-up was not taken");
  return false;
}

bool LSM6DSFifo::choose_chip_(uint8_t who_am_i) {
  this->chip_ = &this->by_pattern_;
  switch (who_am_i) {
    case LSM6DS3:
      this->name_ = "LSM6DS3";
      break;
    case LSM6DS3TR_C:
      this->name_ = "LSM6DS3TR-C";
      break;
    case LSM6DSO:
      this->name_ = "LSM6DSO or LSM6DSOX";
      this->chip_ = &this->by_tags_;
      break;
    default:
      return false;
  }
  this->by_pattern_.set_counts_to_4095(who_am_i == LSM6DS3);
  return true;
}

bool LSM6DSFifo::holds_(const Setting &setting) {
  uint8_t value = 0;
  return this->read_byte(setting.at, &value) && value == setting.value;
}

bool LSM6DSFifo::put_(const Setting &setting) {
  return this->write_byte(setting.at, setting.value) && this->holds_(setting);
}

bool LSM6DSFifo::put_all_(std::span<const Setting> settings) {
  return std::all_of(settings.begin(), settings.end(),
                     [this](const Setting &one) { return this->put_(one); });
}

bool LSM6DSFifo::hold_all_(std::span<const Setting> settings) {
  return std::all_of(settings.begin(), settings.end(),
                     [this](const Setting &one) { return this->holds_(one); });
}

bool LSM6DSFifo::has_filled_asleep_() {
  if (!this->fills_asleep_) return false;
  // Only watch_for_motion() sends motion to the pin; the sensor keeps its registers as long as it has power.
  const Setting as_left[] = {{REG_MD1_CFG, WAKE_UP_ON_INT1},
                             {LSM6DS_REG_CTRL1_XL, this->accel_setting_()},
                             {LSM6DS_REG_CTRL2_G, this->gyro_setting_()},
                             {REG_FIFO_MODE, this->running_()}};
  return this->hold_all_(as_left) && this->put_({REG_MD1_CFG, 0});
}

bool LSM6DSFifo::configure_() {
  if (!this->write_byte(LSM6DS_REG_CTRL3_C, CTRL3_C_SW_RESET)) return false;
  delay(2);  // 50 µs are typical
  const Setting settings[] = {{LSM6DS_REG_CTRL3_C, CTRL3_C_IF_INC | CTRL3_C_BDU},
                              {LSM6DS_REG_CTRL1_XL, this->accel_setting_()},
                              {LSM6DS_REG_CTRL2_G, this->gyro_setting_()}};
  return this->put_all_(settings) && this->put_all_(this->chip_->before_start(this->accel_odr_)) &&
         (!this->fills_asleep_ || this->prepare_for_sleep_());
}

bool LSM6DSFifo::prepare_for_sleep_() {
  // All of it from the start on: nothing that is measured changes when the processor sleeps or wakes, and the
  // filter has long settled then.
  static constexpr Setting SETTINGS[] = {{LSM6DS_REG_CTRL6_C, ACCEL_SAVES_POWER},
                                         {LSM6DS_REG_CTRL7_G, GYRO_SAVES_POWER},
                                         {REG_WAKE_UP_DUR, 0},
                                         {REG_WAKE_UP_THS, LEAST_MOTION_THRESHOLD}};
  return this->put_all_(SETTINGS) && this->put_all_(this->chip_->motion_by_high_pass());
}

bool LSM6DSFifo::restart_fifo_() {
  this->chip_->started();
  return this->write_byte(REG_FIFO_MODE, MODE_BYPASS) && this->write_byte(REG_FIFO_MODE, this->running_());
}

bool LSM6DSFifo::watch_for_motion() {
  this->stop_poller();
  const bool watching = this->ready() &&
                        (this->fills_asleep_ ? this->measures_on_() : this->measure_no_more_()) &&
                        this->put_({REG_MD1_CFG, WAKE_UP_ON_INT1});
  if (!watching) {
    ESP_LOGE(TAG, "The IMU does not watch for motion: only the timer wakes the pod");
  }
  return watching;
}

bool LSM6DSFifo::measures_on_() {
  // The chip may have lost what it was told at the start.
  return this->holds_({LSM6DS_REG_CTRL1_XL, this->accel_setting_()}) &&
         this->holds_({REG_WAKE_UP_THS, LEAST_MOTION_THRESHOLD}) &&
         this->hold_all_(this->chip_->motion_by_high_pass());
}

bool LSM6DSFifo::measure_no_more_() {
  static constexpr Setting SETTINGS[] = {
      {REG_FIFO_MODE, MODE_BYPASS},         {LSM6DS_REG_CTRL2_G, 0}, {LSM6DS_REG_CTRL6_C, ACCEL_SAVES_POWER},
      {LSM6DS_REG_CTRL1_XL, ACCEL_26HZ_2G}, {REG_WAKE_UP_DUR, 0},    {REG_WAKE_UP_THS, MOTION_THRESHOLD_2G}};
  const bool taken = this->put_all_(SETTINGS) && this->put_all_(this->chip_->motion_by_slope());
  delay(FILTER_SETTLES_MS);
  return taken;
}

bool LSM6DSFifo::count_samples_(size_t &count) {
  switch (this->chip_->count(count)) {
    case Chip::Found::NO_ANSWER:
      return false;
    case Chip::Found::OUT_OF_STEP:
      return this->out_of_step_();
    case Chip::Found::OVER_RUN:
      // Nobody reads while the processor sleeps; what is left then are the latest seconds.
      if (!this->filled_asleep_) this->note_overflow_();
      break;
    case Chip::Found::SAMPLES:
      break;
  }
  this->filled_asleep_ = false;
  return true;
}

bool LSM6DSFifo::fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) {
  uint8_t raw[MAX_FETCHED * BYTES_PER_SAMPLE];
  const auto found = this->chip_->fetch(wanted, raw, fetched);
  if (found == Chip::Found::OUT_OF_STEP) return this->out_of_step_();
  if (found != Chip::Found::SAMPLES) return this->start_over_();
  const auto word = [&raw](size_t at) { return static_cast<int16_t>(encode_uint16(raw[at + 1], raw[at])); };
  for (size_t i = 0; i < fetched; i++) {
    const size_t at = i * BYTES_PER_SAMPLE;
    for (size_t axis = 0; axis < 3; axis++) {
      burst[i].angular_rate[axis] = static_cast<float>(word(at + 2 * axis)) * this->dps_per_lsb_;
      burst[i].acceleration[axis] = static_cast<float>(word(at + 6 + 2 * axis)) * this->g_per_lsb_;
    }
  }
  return true;
}

void LSM6DSFifo::dump_config() {
  ESP_LOGCONFIG(TAG, "LSM6DS with FIFO: %s", this->name_);
  LOG_I2C_DEVICE(this);
  ESP_LOGCONFIG(TAG,
                "  Accelerometer: %.3f mg/LSB\n"
                "  Gyroscope: %.3f mdps/LSB\n"
                "  Fills its FIFO while the processor sleeps: %s",
                this->g_per_lsb_ * 1000.0f, this->dps_per_lsb_ * 1000.0f, YESNO(this->fills_asleep_));
  MotionFifo::dump_config();
}

}  // namespace esphome::lsm6ds_fifo
