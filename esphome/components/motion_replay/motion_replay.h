#pragma once
#ifdef USE_HOST

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "esphome/components/motion/motion_component.h"
#include "esphome/components/retrostep/sample_clock.h"

namespace esphome::motion_replay {

/// Plays a recording (CSV: t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps) as if an IMU measured it.
///
/// At speed 1 the wall clock stays the machine's. Faster, time is virtual: samples carry their recorded times
/// and the wall time of each is chosen so that the recording, and every pass of one that loops, ends when its
/// last sample is played. The environment overrides the
/// configuration: MOTION_REPLAY_CSV, MOTION_REPLAY_SPEED, MOTION_REPLAY_LOOP (0 or 1); with
/// MOTION_REPLAY_WAIT=1 the recording starts only when a client listens to the states; with
/// MOTION_REPLAY_BEGUN_S it began so many seconds before the pod looked; with MOTION_REPLAY_CLOCK_AHEAD_S the
/// pod's clock is so many seconds ahead of the machine's.
class MotionReplay : public motion::MotionComponent, public retrostep::SampleClock {
 public:
  void setup() override;
  void update() override;
  void dump_config() override;

  void set_path(const std::string &path) { this->path_ = path; }
  void set_speed(float speed) { this->speed_ = speed; }
  void set_loop(bool loop) { this->loop_ = loop; }

  uint32_t sample_us() override { return static_cast<uint32_t>(this->sample_time_us_); }
  uint32_t epoch_s() override;
  bool ended() override { return this->ended_; }
  bool recorded() override { return true; }

 protected:
  struct Row {
    double time_s;
    uint64_t since_first_us;
    motion::MotionData data;
  };

  void apply_environment_();
  /// Reads the whole recording; false with a message if it is not one.
  bool read_(std::string &error);
  bool parse_row_(const char *line, Row &row, std::string &error) const;
  bool may_start_() const;
  /// Wall time, s since 1970.
  int64_t wall_s_() const;
  /// Time from the first sample to the sample after the last, µs.
  uint64_t duration_us_() const;
  bool update_data(motion::MotionData &data) override;

  std::string path_;
  std::string error_;
  float speed_{1.0f};
  bool loop_{false};
  bool wait_for_client_{false};

  std::vector<Row> rows_;
  size_t next_{0};
  uint64_t passes_{0};
  bool started_{false};
  bool ended_{false};
  uint64_t begun_ms_{0};
  uint64_t start_ms_{0};
  int64_t start_epoch_s_{0};
  int64_t clock_ahead_s_{0};
  uint64_t sample_time_us_{0};
};

}  // namespace esphome::motion_replay

#endif
