#pragma once
/// What the FIFOs of IMUs do, from their datasheets.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace esphome::i2c_fake {

/// A sample as two of the chips store it: gyroscope, then accelerometer, low bytes first.
using RawSample = std::array<uint8_t, 12>;
using Registers = std::array<uint8_t, 256>;

/// The oldest bytes leave first. Of fixed size: what the driver allocates is counted.
template <size_t SIZE>
class Bytes {
 public:
  const uint8_t *data() const { return this->bytes_.data(); }
  size_t size() const { return this->size_; }
  void clear() { this->size_ = 0; }
  void push(const uint8_t *from, size_t count) {
    std::copy_n(from, count, this->bytes_.begin() + this->size_);
    this->size_ += count;
  }
  void pop(size_t count) {
    std::copy(this->bytes_.begin() + count, this->bytes_.begin() + this->size_, this->bytes_.begin());
    this->size_ -= count;
  }

 private:
  std::array<uint8_t, SIZE> bytes_{};
  size_t size_{0};
};

/// A chip's FIFO as the bus sees it: registers it answers for and writes it notices.
class FakeFifo {
 public:
  virtual ~FakeFifo() = default;
  /// The chip has converted a sample.
  virtual void push(const RawSample &sample) = 0;
  /// A register was written.
  virtual void written(const Registers &registers, uint8_t at) = 0;
  /// Before registers are read: brings those of the status up to date.
  virtual void show_status(Registers &registers) = 0;
  /// Registers were read: some flags end with that.
  virtual void registers_read(uint8_t /*from*/, size_t /*count*/) {}
  /// The register that a burst reads the FIFO from.
  virtual uint8_t data_register() const = 0;
  virtual void read(uint8_t *buffer, size_t size) = 0;
  /// The register whose writing starts the FIFO or stops it.
  virtual uint8_t mode_register() const = 0;
};

/// So many bursts apart the chip skips part of a sample, as on a disturbed bus; `I2C_FAKE_SLIP`, 0: never.
class Slips {
 public:
  Slips();
  /// Called once a burst.
  bool now() { return this->every_ > 0 && ++this->bursts_ % this->every_ == 0; }

 private:
  unsigned every_{0}, bursts_{0};
};

/// LSM6DS3TR-C: 4 KB of words without any marks. In continuous mode new words take the place of the oldest;
/// the chip tells which word of a sample is the next.
class Lsm6dsFifo : public FakeFifo {
 public:
  void push(const RawSample &sample) override;
  void written(const Registers &registers, uint8_t at) override;
  void show_status(Registers &registers) override;
  uint8_t data_register() const override { return 0x3E; }
  uint8_t mode_register() const override { return 0x0A; }
  void read(uint8_t *buffer, size_t size) override;

 private:
  static constexpr size_t SIZE = 4096;
  void drop_(size_t size);

  bool on_{false};
  bool over_run_{false};
  size_t next_byte_{0};  ///< of a sample
  Slips slips_;
  Bytes<SIZE + sizeof(RawSample)> bytes_;
};

/// LSM6DSO: 512 words of three axes with a tag each. In continuous mode new words take the place of the
/// oldest. The gyroscope takes a while until its first sample, the accelerometer does not.
class Lsm6dsoFifo : public FakeFifo {
 public:
  void push(const RawSample &sample) override;
  void written(const Registers &registers, uint8_t at) override;
  void show_status(Registers &registers) override;
  void registers_read(uint8_t from, size_t count) override {
    if (from <= 0x3B && from + count > 0x3B) this->ran_over_ = false;
  }
  uint8_t data_register() const override { return 0x78; }
  uint8_t mode_register() const override { return 0x0A; }
  void read(uint8_t *buffer, size_t size) override;

 private:
  static constexpr size_t WORD_SIZE = 7, SIZE = 512 * WORD_SIZE;
  void push_word_(uint8_t sensor, const uint8_t *axes);

  bool on_{false};
  bool ran_over_{false};
  uint32_t moments_{0};
  uint32_t until_gyro_{0};  ///< samples
  Slips slips_;
  Bytes<SIZE> words_;
};

/// BMI270: 2 KB of frames with headers. Streaming, whole frames make room; how many were skipped is told by a
/// frame in front. What is cut off by the end of a burst comes again.
class Bmi270Fifo : public FakeFifo {
 public:
  void push(const RawSample &sample) override;
  void written(const Registers &registers, uint8_t at) override;
  void show_status(Registers &registers) override;
  uint8_t data_register() const override { return 0x26; }
  uint8_t mode_register() const override { return 0x49; }
  void read(uint8_t *buffer, size_t size) override;

 private:
  static constexpr size_t SIZE = 2048;
  static constexpr size_t FRAME_SIZE = 1 + sizeof(RawSample);
  size_t skip_frame_size_() const { return this->skipped_ > 0 ? 2 : 0; }
  size_t first_frame_size_() const;

  bool on_{false};
  size_t skipped_{0};
  Slips slips_;
  Bytes<SIZE> frames_;
};

/// QMI8658: 128 samples, accelerometer first. Streaming, new samples take the place of the oldest. To be read
/// the FIFO is asked for by a command; until that ends, samples that come are lost.
class Qmi8658Fifo : public FakeFifo {
 public:
  void push(const RawSample &sample) override;
  void written(const Registers &registers, uint8_t at) override;
  void show_status(Registers &registers) override;
  uint8_t data_register() const override { return 0x17; }
  uint8_t mode_register() const override { return 0x14; }
  void read(uint8_t *buffer, size_t size) override;

 private:
  static constexpr size_t SIZE = 128 * sizeof(RawSample);

  bool on_{false};
  bool reading_{false};
  bool overflow_{false};
  bool done_{false};  ///< the last command
  uint32_t taken_{0};
  Slips slips_;
  Bytes<SIZE> bytes_;
};

}  // namespace esphome::i2c_fake
