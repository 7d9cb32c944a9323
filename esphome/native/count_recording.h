#pragma once
/// Recordings as files: CSV or gzipped CSV with header t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps.

#include <stdexcept>
#include <string>
#include <vector>

#include "stride_types.h"

namespace esphome::retrostep {

/// What is wrong with a file, in words for the person who gave it.
class RecordingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Recording {
  std::vector<Sample> samples;
  double start_s{0};  ///< time of the first sample as written in the file
};

/// Reads a whole recording; throws RecordingError.
Recording read_recording(const std::string &path);

}  // namespace esphome::retrostep
