#pragma once
/// What `count` prints of a recording: JSON lines or a table for people.

#include <cstdio>
#include <optional>
#include <string>

#include "stride_types.h"
#include "walking_time.h"

namespace esphome::retrostep {

/// Sums over the strides of one recording.
struct Totals {
  unsigned backward_steps{0}, forward_steps{0}, side_steps{0}, undecided_steps{0};
  double backward_m{0}, forward_m{0}, backward_s{0}, forward_s{0};

  void add(const Stride &stride);

 private:
  WalkingTime walking_time_;
};

/// "backward", "forward", "left", "right", "none".
const char *direction_name(Direction direction);

/// The text as a JSON string, quotes included.
std::string json_string(const std::string &text);

void print_stride_json(const std::string &file, double start_s, const Stride &stride);
/// `sure_s`: when a search for the mounting that started from nothing became sure.
void print_total_json(const std::string &file, const Totals &totals, std::optional<double> sure_s);
void print_table_header();
void print_table_row(const std::string &file, const Totals &totals);

}  // namespace esphome::retrostep
