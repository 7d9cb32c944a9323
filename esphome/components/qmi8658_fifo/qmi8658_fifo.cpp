#include "qmi8658_fifo.h"

#include <algorithm>
#include <cinttypes>

#include "esphome/core/hal.h"
#include "esphome/core/helpers.h"
#include "esphome/core/log.h"

namespace esphome::qmi8658_fifo {

using namespace qmi8658;

static const char *const TAG = "qmi8658_fifo";

// Datasheet 13-52-25 Rev A, tables 22 to 28 and "FIFO Description".
static constexpr uint8_t REG_CTRL8 = 0x09;
static constexpr uint8_t REG_CTRL9 = 0x0A;
static constexpr uint8_t REG_FIFO_CTRL = 0x14;
static constexpr uint8_t REG_FIFO_SMPL_CNT =
    0x15;  // words that wait; the two highest bits are in FIFO_STATUS
static constexpr uint8_t REG_FIFO_DATA = 0x17;
static constexpr uint8_t REG_STATUSINT = 0x2D;
static constexpr uint8_t REG_TIMESTAMP_L = 0x30;  // counts samples
static constexpr uint8_t COMMANDS_BY_STATUSINT = 1 << 7;
static constexpr uint8_t COMMAND_DONE = 1 << 7;
static constexpr uint8_t COMMAND_ACKNOWLEDGE = 0x00;
static constexpr uint8_t COMMAND_RESET_FIFO = 0x04;
static constexpr uint8_t COMMAND_REQUEST_FIFO = 0x05;
static constexpr uint8_t FIFO_BYPASS = 0x00;
static constexpr uint8_t FIFO_128_STREAM = 0x03 << 2 | 0x02;  // the oldest samples make room
static constexpr uint8_t STATUS_OVERFLOW = 1 << 5;
static constexpr uint8_t STATUS_COUNT = 0x03;
static constexpr size_t WORDS_PER_SAMPLE = 6;
static constexpr size_t BYTES_PER_SAMPLE = 2 * WORDS_PER_SAMPLE;
/// A command is done within some tens of µs; so often is asked, 0.1 ms each on the bus.
static constexpr int COMMAND_LOOKS = 20;
/// What takes how long on a fast-mode bus: to count, to command and what belongs to it, 12 bytes.
static constexpr uint32_t COUNTING_US = 400;
static constexpr uint32_t COMMANDING_US = 800;
static constexpr uint32_t SAMPLE_US = 280;
/// A sample may come so much sooner or later than looks and period say, until the next look.
static constexpr uint32_t MARGIN_US = 1000;
/// Between looks for a sample.
static constexpr uint32_t LOOK_US = 100;
/// So long a byte counts samples at 118 Hz.
static constexpr uint32_t COUNTABLE_US = 2000000;
/// Over so many samples a look matters little (0.2 %), and over so many the chip's rate stays the same.
static constexpr uint32_t ENOUGH = 16;
static constexpr uint32_t PLENTY = 1024;
/// When a sample comes is seen again at least so often: until then a rate that is 0.1 % off moves it by 0.3
/// ms.
static constexpr uint32_t LOOK_AGAIN_US = 300000;

void QMI8658Fifo::setup() {
  // Both ranges double from one setting to the next, from 2 g and 16 °/s on.
  this->g_per_lsb_ = static_cast<float>(2 << (this->accel_range_ >> 4)) / 32768.0f;
  this->dps_per_lsb_ = static_cast<float>(16 << (this->gyro_range_ >> 4)) / 32768.0f;
  MotionFifo::setup();
}

bool QMI8658Fifo::set_up_() {
  uint8_t who_am_i = 0;
  if (!this->read_byte(QMI8658_REG_WHO_AM_I, &who_am_i)) {
    ESP_LOGE(TAG, "No answer");
    return false;
  }
  if (who_am_i != QMI8658_WHO_AM_I_VALUE) {
    ESP_LOGE(TAG, "WHO_AM_I is 0x%02X, not that of a QMI8658 (0x05)", who_am_i);
    return false;
  }
  if (this->configure_()) return true;
  ESP_LOGE(TAG, "The set-up was not taken");
  return false;
}

bool QMI8658Fifo::configure_() {
  if (!this->write_byte(QMI8658_REG_RESET, QMI8658_RESET_CMD)) return false;
  delay(15);
  this->forget_samples_();
  return this->put_(QMI8658_REG_CTRL1, QMI8658_CTRL1_VALUE) && this->put_(REG_CTRL8, COMMANDS_BY_STATUSINT) &&
         this->put_(QMI8658_REG_CTRL2, this->accel_setting_()) &&
         this->put_(QMI8658_REG_CTRL3, this->gyro_setting_()) && this->put_(QMI8658_REG_CTRL5, 0) &&
         this->put_(QMI8658_REG_CTRL7, QMI8658_CTRL7_ACC_EN | QMI8658_CTRL7_GYR_EN);
}

bool QMI8658Fifo::put_(uint8_t at, uint8_t value) {
  uint8_t held = 0;
  return this->write_byte(at, value) && this->read_byte(at, &held) && held == value;
}

bool QMI8658Fifo::command_(uint8_t command) {
  if (!this->write_byte(REG_CTRL9, command)) return false;
  uint8_t status = 0;
  for (int look = 0; look < COMMAND_LOOKS; look++) {
    if (!this->read_byte(REG_STATUSINT, &status)) return false;
    if (status & COMMAND_DONE) return this->write_byte(REG_CTRL9, COMMAND_ACKNOWLEDGE);
  }
  ESP_LOGW(TAG, "Command 0x%02X was not carried out", command);
  return false;
}

bool QMI8658Fifo::restart_fifo_() {
  this->counted_ = false;
  return this->write_byte(REG_FIFO_CTRL, FIFO_BYPASS) && this->command_(COMMAND_RESET_FIFO) &&
         this->write_byte(REG_FIFO_CTRL, FIFO_128_STREAM);
}

bool QMI8658Fifo::read_taken_(uint8_t &taken) {
  return this->read_byte(REG_TIMESTAMP_L, &taken);
}

bool QMI8658Fifo::read_status_(size_t &words, uint8_t &status) {
  uint8_t raw[2];
  if (!this->read_bytes(REG_FIFO_SMPL_CNT, raw, sizeof(raw))) return false;
  words = encode_uint16(raw[1] & STATUS_COUNT, raw[0]);
  status = raw[1];
  return true;
}

bool QMI8658Fifo::wait_for_a_gap_(uint32_t length_us) {
  const uint32_t since_us = micros() - this->came_us_;
  if (this->period_us_ > 0 && since_us < LOOK_AGAIN_US) {
    const uint32_t phase_us = since_us % this->period_us_;
    if (phase_us >= MARGIN_US && phase_us + length_us + MARGIN_US < this->period_us_) return true;
  }
  uint8_t before = 0, taken = 0;
  if (!this->read_taken_(before)) return false;
  const auto nominal_us = static_cast<uint32_t>(1e6f / this->data_rate_hz_);
  for (uint32_t waited_us = 0; waited_us < 2 * nominal_us; waited_us += LOOK_US) {
    delayMicroseconds(LOOK_US);
    if (!this->read_taken_(taken)) return false;
    if (taken != before) {
      this->note_sample_(taken);
      return true;
    }
  }
  // None comes: the gyroscope has not started, or nothing is set up any more.
  this->forget_samples_();
  return true;
}

void QMI8658Fifo::note_sample_(uint8_t taken) {
  const uint32_t now_us = micros(), since_us = now_us - this->came_us_;
  this->samples_ += static_cast<uint8_t>(taken - this->came_);
  this->came_us_ = now_us;
  this->came_ = taken;
  if (!this->seen_ || since_us > COUNTABLE_US) {
    this->seen_ = true;
    this->period_us_ = 0;
  } else if (this->samples_ < ENOUGH) {
    return;
  } else {
    this->period_us_ = (now_us - this->first_us_) / this->samples_;
    if (this->samples_ < PLENTY) return;
  }
  this->first_us_ = now_us;
  this->samples_ = 0;
}

bool QMI8658Fifo::count_samples_(size_t &count) {
  size_t words = 0;
  uint8_t status = 0, taken = 0;
  if (!this->wait_for_a_gap_(COUNTING_US) || !this->read_status_(words, status) || !this->read_taken_(taken))
    return false;
  if (status & STATUS_OVERFLOW) {
    // What is left would do, but how the flag is cleared is not said anywhere.
    this->note_overflow_();
    return this->start_over_();
  }
  if (words % WORDS_PER_SAMPLE != 0) return this->out_of_step_();
  count = words / WORDS_PER_SAMPLE;
  const auto came = static_cast<uint8_t>(taken - this->accounted_);
  const auto stored = static_cast<uint8_t>(count - this->waiting_);
  this->accounted_ = taken;
  this->waiting_ = count;
  if (this->counted_ && came != stored) {
    // Told as it grows, not each time.
    this->missed_++;
    if ((this->missed_ & (this->missed_ - 1)) == 0)
      ESP_LOGI(TAG, "Samples came while others were read (times: %" PRIu32 ")", this->missed_);
    this->clock_.lost();
  }
  this->counted_ = true;
  return true;
}

bool QMI8658Fifo::fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) {
  // One stays behind: in an empty FIFO nobody could tell that words were skipped.
  wanted = std::min({wanted, PER_READING, this->waiting_ - std::min<size_t>(this->waiting_, 1)});
  if (wanted == 0) return true;
  if (!this->wait_for_a_gap_(COMMANDING_US + wanted * SAMPLE_US) || !this->command_(COMMAND_REQUEST_FIFO))
    return this->start_over_();
  uint8_t raw[PER_READING * BYTES_PER_SAMPLE];
  size_t words = 0;
  uint8_t status = 0;
  // Storing goes on by the last write; what was read is judged after it.
  if (this->read_register(REG_FIFO_DATA, raw, wanted * BYTES_PER_SAMPLE) != i2c::ERROR_OK ||
      !this->write_byte(REG_FIFO_CTRL, FIFO_128_STREAM) || !this->read_status_(words, status))
    return this->start_over_();
  // A disturbed bus makes the chip skip words: gyroscope and accelerometer would trade places.
  if (words % WORDS_PER_SAMPLE != 0) return this->out_of_step_();
  this->waiting_ -= wanted;
  for (size_t i = 0; i < wanted; i++) burst[i] = this->decode_(&raw[i * BYTES_PER_SAMPLE]);
  fetched = wanted;
  return true;
}

motion::MotionData QMI8658Fifo::decode_(const uint8_t *sample) const {
  const auto word = [sample](size_t at) {
    return static_cast<int16_t>(encode_uint16(sample[at + 1], sample[at]));
  };
  motion::MotionData data;
  for (size_t axis = 0; axis < 3; axis++) {
    data.acceleration[axis] = static_cast<float>(word(2 * axis)) * this->g_per_lsb_;
    data.angular_rate[axis] = static_cast<float>(word(6 + 2 * axis)) * this->dps_per_lsb_;
  }
  return data;
}

void QMI8658Fifo::dump_config() {
  ESP_LOGCONFIG(TAG, "QMI8658 with FIFO:");
  LOG_I2C_DEVICE(this);
  ESP_LOGCONFIG(TAG,
                "  Accelerometer: +-%d g\n"
                "  Gyroscope: +-%d dps",
                2 << (this->accel_range_ >> 4), 16 << (this->gyro_range_ >> 4));
  MotionFifo::dump_config();
}

}  // namespace esphome::qmi8658_fifo
