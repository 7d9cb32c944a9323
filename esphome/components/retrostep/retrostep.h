#pragma once
/// The pod: takes samples from an IMU, has them counted, keeps the minutes, shows the walk.

#include "esphome/components/motion/motion_component.h"
#include "esphome/core/component.h"
#include "esphome/core/defines.h"
#ifdef USE_SENSOR
#include "esphome/components/sensor/sensor.h"
#endif
#ifdef USE_BINARY_SENSOR
#include "esphome/components/binary_sensor/binary_sensor.h"
#endif
#ifdef USE_TEXT_SENSOR
#include "esphome/components/text_sensor/text_sensor.h"
#endif
#include "esphome/components/time/real_time_clock.h"
#include "minute_log.h"
#include "retrostep_live.h"
#include "retrostep_store.h"
#include "sample_clock.h"
#include "sample_watch.h"
#include "stride_core.h"
#include "three_metres.h"

namespace esphome::retrostep {

class Pod : public Component, public StrideSink {
#ifdef USE_SENSOR
  SUB_SENSOR(backward_steps)
  SUB_SENSOR(forward_steps)
  SUB_SENSOR(backward_distance)
  SUB_SENSOR(forward_distance)
  SUB_SENSOR(backward_time)
  SUB_SENSOR(cadence)
  SUB_SENSOR(stride_length)
  SUB_SENSOR(speed)
  SUB_SENSOR(unsynced_minutes)
  SUB_SENSOR(sample_rate)
  SUB_SENSOR(sampling_gaps)
  SUB_SENSOR(sensor_faults)
  SUB_SENSOR(direction_confidence)
  SUB_SENSOR(three_metres_time)
#endif
#ifdef USE_BINARY_SENSOR
  SUB_BINARY_SENSOR(walking_backward)
  SUB_BINARY_SENSOR(worn)
  SUB_BINARY_SENSOR(problem)
#endif
#ifdef USE_TEXT_SENSOR
  SUB_TEXT_SENSOR(three_metres)
  SUB_TEXT_SENSOR(sensor_status)
#endif

 public:
  void setup() override;
  void loop() override;
  void dump_config() override;
  /// Before the power goes: gives the verdicts that are pending and saves what was counted.
  void on_shutdown() override;
  float get_setup_priority() const override { return setup_priority::DATA + 1.0f; }

  void set_motion(motion::MotionComponent *motion) { this->motion_ = motion; }
  void set_time(time::RealTimeClock *time) { this->time_ = time; }
  /// Find out while walking how the pod sits on the foot, instead of taking the axes for granted.
  void set_find_mounting(bool find) { this->find_mounting_ = find; }
  void set_sample_clock(SampleClock *clock) { this->sample_clock_ = clock; }

  /// Answers the API action get_minutes.
  /// \param log,after what the client has: rows of this log up to `after`
  /// \param limit most rows it wants; not positive: as many as fit a page
  void respond_minutes(uint32_t call_id, int32_t log, int32_t after, int32_t limit);

  /// The wearer walks 8 steps forward now: settles which way the pod points.
  void calibrate();
  /// The wearer walks 3 m backward next: times it.
  void start_three_metres();

  /// What was known of it before the pod slept.
  void assume_worn(bool worn);
  /// What is known of the sensor; to be given back after waking, when a walk begins before any rest shows it.
  SensorErrors sensor_errors() const { return this->core_.sensor_errors(); }
  void assume_sensor_errors(const SensorErrors &errors) { this->core_.assume_sensor_errors(errors); }
  /// What is known of the clock, which goes on in deep sleep; to be given back after waking.
  ClockHistory::Record clock_record() const { return this->log_.clock_record(this->epoch_s()); }
  void resume_clock(const ClockHistory::Record &record);

  // For what decides about the pod's power.
  /// Wall time now, s since 1970; 0 while the clock is not set.
  uint32_t epoch_s() const;
  /// For how long the foot has been at rest; negative: it moves.
  float rest_s() const;
  bool walking() const { return this->live_.walking(); }
  /// The IMU was told what to do while the processor sleeps: leave it alone.
  void leave_sensor() { this->watching_ = false; }
  bool sensor_left() const { return !this->watching_; }
  /// What the sensor says is not to be believed.
  bool sensor_failed() const { return this->watch_.fault() != SensorFault::NONE; }
  uint32_t unsynced() const { return this->log_.unsynced(); }
  Counts totals() const { return this->log_.totals(); }

  void on_stride(const Stride &stride) override;

 protected:
  void on_motion_(const motion::MotionData &data);
  /// Shows a sensor that failed, and has it set up again.
  void watch_sensor_();
  void set_up_sensor_again_();
  /// There are no samples, or none that say anything.
  bool blind_() const {
    return this->watch_.fault() == SensorFault::SILENT || this->watch_.fault() == SensorFault::STUCK;
  }
  /// Time since boot. A sample clock may make up all time, as a recording played fast does.
  int64_t uptime_ms_() const;
  uint32_t uptime_s_() const { return static_cast<uint32_t>(this->uptime_ms_() / 1000); }
  /// Finds what turns times of the core into time since boot, and that into wall time; hops of a second stay
  /// out of them. The core's clock stands still while no samples come.
  void update_clock_();
  void save_when_due_();
  void load_mounting_();
  /// Keeps what was found of the mounting if it has changed.
  void save_mounting_();
  void publish_(const Due &due);
  void publish_device_();
  void publish_three_metres_();

  motion::MotionComponent *motion_{nullptr};
  time::RealTimeClock *time_{nullptr};
  SampleClock *sample_clock_{nullptr};

  StrideCore core_{*this};
  SampleWatch watch_;
  Live live_;
  ThreeMetres three_metres_;
  PreferenceStore store_;
  MinuteLog log_{store_};

  int64_t uptime_offset_ms_{0};  ///< time since boot minus the core's time
  int64_t epoch_offset_ms_{0};   ///< wall time minus time since boot; 0: the clock is not set
  uint32_t sampled_ms_{0};       ///< real time of the last sample
  bool silent_{false};           ///< no samples come: nobody can be seen walking
  uint64_t moved_us_{0};         ///< the core's time when the foot last moved
  ESPPreferenceObject mounting_preference_;
  Mounting saved_mounting_{};
  bool find_mounting_{false};
  bool watching_{true};   ///< whether the sensor works
  bool finished_{false};  ///< the recording ended
  bool save_failed_{false};
};

}  // namespace esphome::retrostep
