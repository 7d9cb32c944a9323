#include "bmi270_fifo.h"

#include <algorithm>

#include "esphome/components/bmi270/bmi270_config.h"
#include "esphome/core/hal.h"
#include "esphome/core/helpers.h"
#include "esphome/core/log.h"

namespace esphome::bmi270_fifo {

using namespace bmi270;

static const char *const TAG = "bmi270_fifo";

// Datasheet BST-BMI270-DS000, "Register map" and "FIFO".
static constexpr uint8_t REG_FIFO_LENGTH_0 = 0x24;
static constexpr uint8_t REG_FIFO_DATA = 0x26;
static constexpr uint8_t REG_FIFO_CONFIG_0 = 0x48;
static constexpr uint8_t REG_FIFO_CONFIG_1 = 0x49;
static constexpr uint8_t REG_CMD = 0x7E;
static constexpr uint8_t CMD_FIFO_FLUSH = 0xB0;
static constexpr uint8_t CMD_SOFT_RESET = 0xB6;
static constexpr uint8_t STREAM = 0x00;  // the oldest frames make room, no time frames
static constexpr uint8_t GYR_ACC_WITH_HEADER = 0xD0;
static constexpr uint8_t LENGTH_1_MASK = 0x3F;
static constexpr uint8_t BAND_NORMAL = 0x02 << 4;
static constexpr uint8_t PERFORMANCE = 0xC0;  // filter [7] and, of the gyroscope, noise [6]
static constexpr uint8_t TEMP_GYR_ACC_ON = 0x0E;
static constexpr uint8_t FIFO_SELF_WAKEUP = 0x02;  // and no advanced power save

static constexpr uint8_t HEADER_MASK = 0xFC;  // the lowest bits tag interrupts
static constexpr uint8_t HEADER_GYR_ACC = 0x8C;
static constexpr uint8_t HEADER_SKIP = 0x40;
static constexpr uint8_t HEADER_CONFIG = 0x48;
static constexpr size_t FRAME_SIZE = 13;
static constexpr size_t SKIP_SIZE = 2;
static constexpr size_t CONFIG_SIZE = 5;
static constexpr size_t FIFO_SIZE = 2048;
static constexpr size_t UPLOAD_SIZE = 256;

void BMI270Fifo::setup() {
  this->g_per_lsb_ = static_cast<float>(2 << this->accel_range_) / 32768.0f;
  this->dps_per_lsb_ = 2000.0f / static_cast<float>(1 << this->gyro_range_) / 32768.0f;
  MotionFifo::setup();
}

bool BMI270Fifo::set_up_() {
  uint8_t chip_id = 0;
  if (!this->read_byte(BMI270_REG_CHIP_ID, &chip_id)) {
    ESP_LOGE(TAG, "No answer");
    return false;
  }
  if (chip_id != BMI270_CHIP_ID_VALUE) {
    ESP_LOGE(TAG, "Chip id is 0x%02X, not that of a BMI270 (0x24)", chip_id);
    return false;
  }
  if (!this->write_byte(REG_CMD, CMD_SOFT_RESET)) return false;
  delay(20);
  if (!this->load_program_()) {
    ESP_LOGE(TAG, "The chip did not take its program");
    return false;
  }
  if (this->configure_()) return true;
  ESP_LOGE(TAG, "The set-up was not taken");
  return false;
}

bool BMI270Fifo::load_program_() {
  if (!this->write_byte(BMI270_REG_PWR_CONF, 0)) return false;
  delay(1);
  if (!this->write_byte(BMI270_REG_INIT_CTRL, 0)) return false;
  for (size_t at = 0; at < sizeof(BMI270_CONFIG_FILE); at += UPLOAD_SIZE) {
    const size_t size = std::min(UPLOAD_SIZE, sizeof(BMI270_CONFIG_FILE) - at);
    const size_t word = at / 2;
    if (!this->write_byte(BMI270_REG_INIT_ADDR_0, word & 0x0F) ||
        !this->write_byte(BMI270_REG_INIT_ADDR_0 + 1, word >> 4) ||
        this->write_register(BMI270_REG_INIT_DATA, BMI270_CONFIG_FILE + at, size) != i2c::ERROR_OK)
      return false;
  }
  if (!this->write_byte(BMI270_REG_INIT_CTRL, 1)) return false;
  delay(20);
  uint8_t status = 0;
  return this->read_byte(BMI270_REG_INTERNAL_STATUS, &status) && (status & 0x0F) == 1;
}

bool BMI270Fifo::configure_() {
  const bool taken = this->put_(BMI270_REG_ACC_CONF, this->accel_odr_ | BAND_NORMAL | (PERFORMANCE & 0x80)) &&
                     this->put_(BMI270_REG_ACC_RANGE, this->accel_range_) &&
                     this->put_(BMI270_REG_GYR_CONF, this->gyro_odr_ | BAND_NORMAL | PERFORMANCE) &&
                     this->put_(BMI270_REG_GYR_RANGE, this->gyro_range_) &&
                     this->put_(BMI270_REG_PWR_CTRL, TEMP_GYR_ACC_ON);
  delay(5);
  return taken && this->write_byte(BMI270_REG_PWR_CONF, FIFO_SELF_WAKEUP) &&
         this->put_(REG_FIFO_CONFIG_0, STREAM) && this->put_(REG_FIFO_CONFIG_1, GYR_ACC_WITH_HEADER);
}

bool BMI270Fifo::put_(uint8_t at, uint8_t value) {
  // Without power saving the chip takes a write within 2 µs, less than the next transfer needs to begin.
  uint8_t held = 0;
  return this->write_byte(at, value) && this->read_byte(at, &held) && held == value;
}

bool BMI270Fifo::restart_fifo_() {
  return this->write_byte(REG_CMD, CMD_FIFO_FLUSH);
}

bool BMI270Fifo::count_samples_(size_t &count) {
  uint8_t length[2];
  if (!this->read_bytes(REG_FIFO_LENGTH_0, length, sizeof(length))) return false;
  const size_t size = encode_uint16(length[1] & LENGTH_1_MASK, length[0]);
  // It may have run over, which shows only in what is read: no harm if it has not.
  if (size + 2 * FRAME_SIZE > FIFO_SIZE) this->clock_.lost();
  count = size / FRAME_SIZE;
  return true;
}

bool BMI270Fifo::fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) {
  uint8_t raw[MAX_BURST * FRAME_SIZE];
  const size_t size = wanted * FRAME_SIZE;
  if (this->read_register(REG_FIFO_DATA, raw, size) != i2c::ERROR_OK) return this->start_over_();
  bool skipped = false;
  // A frame that is cut off comes again as a whole.
  for (size_t at = 0; at < size;) {
    size_t length = 0;
    switch (raw[at] & HEADER_MASK) {
      case HEADER_GYR_ACC:
        length = FRAME_SIZE;
        if (at + length <= size) burst[fetched++] = this->decode_(&raw[at + 1]);
        break;
      case HEADER_SKIP:
        length = SKIP_SIZE;
        if (at + length <= size) skipped = true;
        break;
      case HEADER_CONFIG:
        length = CONFIG_SIZE;
        break;
      default:  // no header at all, or a frame of one sensor alone, which only start-up makes
        return this->out_of_step_();
    }
    at += length;
  }
  if (skipped) this->note_overflow_();
  return true;
}

motion::MotionData BMI270Fifo::decode_(const uint8_t *frame) const {
  const auto word = [frame](size_t at) {
    return static_cast<int16_t>(encode_uint16(frame[at + 1], frame[at]));
  };
  motion::MotionData data;
  for (size_t axis = 0; axis < 3; axis++) {
    data.angular_rate[axis] = static_cast<float>(word(2 * axis)) * this->dps_per_lsb_;
    data.acceleration[axis] = static_cast<float>(word(6 + 2 * axis)) * this->g_per_lsb_;
  }
  return data;
}

void BMI270Fifo::dump_config() {
  ESP_LOGCONFIG(TAG, "BMI270 with FIFO:");
  LOG_I2C_DEVICE(this);
  ESP_LOGCONFIG(TAG,
                "  Accelerometer: +-%d g\n"
                "  Gyroscope: +-%d dps",
                2 << this->accel_range_, 2000 >> this->gyro_range_);
  MotionFifo::dump_config();
}

}  // namespace esphome::bmi270_fifo
