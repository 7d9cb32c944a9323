#include "count_report.h"

namespace esphome::retrostep {

namespace {

constexpr unsigned STEPS_PER_STRIDE = 2;  // the other foot makes the second step

double seconds(uint64_t us) {
  return static_cast<double>(us) * 1e-6;
}

}  // namespace

void Totals::add(const Stride &stride) {
  if (stride.undecided) undecided_steps += STEPS_PER_STRIDE;
  if (!stride.counted) return;
  const double walked_s = seconds(walking_time_.add(stride));
  switch (stride.direction) {
    case Direction::BACKWARD:
      backward_steps += STEPS_PER_STRIDE;
      backward_m += static_cast<double>(stride.length_m);
      backward_s += walked_s;
      break;
    case Direction::FORWARD:
      forward_steps += STEPS_PER_STRIDE;
      forward_m += static_cast<double>(stride.length_m);
      forward_s += walked_s;
      break;
    case Direction::LEFT:
    case Direction::RIGHT:
      side_steps += STEPS_PER_STRIDE;
      break;
    case Direction::NONE:
      break;
  }
}

const char *direction_name(Direction direction) {
  switch (direction) {
    case Direction::FORWARD:
      return "forward";
    case Direction::BACKWARD:
      return "backward";
    case Direction::LEFT:
      return "left";
    case Direction::RIGHT:
      return "right";
    case Direction::NONE:
      break;
  }
  return "none";
}

std::string json_string(const std::string &text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

void print_stride_json(const std::string &file, double start_s, const Stride &stride) {
  std::printf(
      "{\"type\":\"stride\",\"file\":%s,\"start_s\":%.3f,\"end_s\":%.3f,\"direction\":\"%s\",\"length_m\":%."
      "4f,"
      "\"yaw_deg\":%.2f,\"dz_m\":%.4f,\"peak_dps\":%.1f,\"length_valid\":%s,\"counted\":%s}\n",
      json_string(file).c_str(), start_s + seconds(stride.start_us), start_s + seconds(stride.end_us),
      direction_name(stride.direction), static_cast<double>(stride.length_m),
      static_cast<double>(stride.yaw_deg), static_cast<double>(stride.dz_m),
      static_cast<double>(stride.peak_dps), stride.length_valid ? "true" : "false",
      stride.counted ? "true" : "false");
}

void print_total_json(const std::string &file, const Totals &totals, std::optional<double> sure_s) {
  std::printf(
      "{\"type\":\"total\",\"file\":%s,\"backward_steps\":%u,\"forward_steps\":%u,\"side_steps\":%u,"
      "\"undecided_steps\":%u,\"backward_m\":%.3f,\"forward_m\":%.3f,\"backward_s\":%.3f,\"forward_s\":%.3f",
      json_string(file).c_str(), totals.backward_steps, totals.forward_steps, totals.side_steps,
      totals.undecided_steps, totals.backward_m, totals.forward_m, totals.backward_s, totals.forward_s);
  if (sure_s) std::printf(",\"sure_s\":%.3f", *sure_s);
  std::printf("}\n");
}

void print_table_header() {
  std::printf("%8s %8s %6s %9s %10s %9s %10s %9s  %s\n", "backward", "forward", "side", "undecided",
              "backward_m", "forward_m", "backward_s", "forward_s", "file");
}

void print_table_row(const std::string &file, const Totals &totals) {
  std::printf("%8u %8u %6u %9u %10.1f %9.1f %10.1f %9.1f  %s\n", totals.backward_steps, totals.forward_steps,
              totals.side_steps, totals.undecided_steps, totals.backward_m, totals.forward_m,
              totals.backward_s, totals.forward_s, file.c_str());
}

}  // namespace esphome::retrostep
