#include "count_recording.h"

#include <zlib.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace esphome::retrostep {

namespace {

constexpr const char *HEADER = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps";
constexpr int COLUMNS = 7;

std::string unpack(const std::string &path) {
  errno = 0;
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw RecordingError(errno ? std::strerror(errno) : "can't be opened");
  std::string text;
  std::vector<char> chunk(1 << 16);
  int got;
  while ((got = gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()))) > 0)
    text.append(chunk.data(), static_cast<size_t>(got));
  int code = Z_OK;
  const char *message = gzerror(file.get(), &code);
  if (code == Z_ERRNO) throw RecordingError(std::strerror(errno));
  if (code != Z_OK) throw RecordingError(std::string("damaged gzip data: ") + message);
  return text;
}

/// Seven finite numbers of one line.
void parse_row(const std::string &line, size_t number, double (&row)[COLUMNS]) {
  const auto fail = [number](const std::string &what) {
    throw RecordingError("line " + std::to_string(number) + ": " + what);
  };
  const char *at = line.c_str();
  for (int i = 0; i < COLUMNS; ++i) {
    char *end = nullptr;
    row[i] = std::strtod(at, &end);
    if (end == at || !std::isfinite(row[i])) fail("column " + std::to_string(i + 1) + " is not a number");
    const char expected = i + 1 < COLUMNS ? ',' : '\0';
    if (*end != expected) fail("expected " + std::to_string(COLUMNS) + " numbers separated by commas");
    at = end + 1;
  }
}

}  // namespace

Recording read_recording(const std::string &path) {
  const std::string text = unpack(path);
  Recording recording;
  double last_s = 0;
  size_t number = 0;
  for (size_t at = 0; at < text.size(); ++number) {
    size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(at, end - at);
    at = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (number == 0) {
      if (line != HEADER) throw RecordingError(std::string("line 1: expected the header ") + HEADER);
      continue;
    }
    if (line.empty()) continue;
    double row[COLUMNS];
    parse_row(line, number + 1, row);
    if (recording.samples.empty()) {
      recording.start_s = row[0];
    } else if (row[0] <= last_s) {
      throw RecordingError("line " + std::to_string(number + 1) + ": time does not rise");
    }
    last_s = row[0];
    Sample sample{};
    sample.time_us =
        static_cast<uint32_t>(static_cast<uint64_t>(std::llround((row[0] - recording.start_s) * 1e6)));
    for (int i = 0; i < 3; ++i) {
      sample.accel_g[i] = static_cast<float>(row[1 + i]);
      sample.gyro_dps[i] = static_cast<float>(row[4 + i]);
    }
    recording.samples.push_back(sample);
  }
  if (number == 0) throw RecordingError("is empty");
  if (recording.samples.empty()) throw RecordingError("holds no samples");
  return recording;
}

}  // namespace esphome::retrostep
