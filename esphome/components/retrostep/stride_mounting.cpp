#include "stride_mounting.h"

#include <utility>

#include "stride_mounting_parameters.h"
#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr float square(float v) {
  return v * v;
}

float seconds_between(uint64_t from_us, uint64_t to_us) {
  return static_cast<float>(to_us - from_us) * 1e-6f;
}

/// Enough rotation to have a shape, and no more than a foot can do.
bool tells(const LeadingPitch &pitch) {
  constexpr float kMin = p::kMountRotationMinDeg * kRadPerDeg, kMax = p::kMountRotationMaxDeg * kRadPerDeg;
  return pitch.both_rad() > kMin && pitch.both_rad() < kMax &&
         std::isfinite(pitch.leave_rads + pitch.land_rads);
}

}  // namespace

void StrideMounting::use_known() {
  *this = {};
}

void StrideMounting::find() {
  *this = {};
  known_ = false;
}

void StrideMounting::use(const Mounting &mounting) {
  find();
  adopt({mounting.up[0], mounting.up[1], mounting.up[2]},
        {mounting.toe[0], mounting.toe[1], mounting.toe[2]});
  trust_axis(p::kMountAxisLearned);
  const float chance = std::clamp(mounting.confidence, 0.5f, 0.9999f);
  told_ = mounting.told;
  prior_ = told_ ? p::kMountToldOdds : std::min(std::log(chance / (1.0f - chance)), p::kMountOddsMax);
  decide();
}

void StrideMounting::calibrate(uint64_t now_us) {
  known_ = false;
  calibrate_left_ = p::kCalibrateStrides;
  calibrate_seen_ = 0;
  calibrate_cos_ = calibrate_sin_ = 0;
  calibrate_us_ = now_us;
}

void StrideMounting::pass(uint64_t now_us) {
  if (calibrate_left_ == 0) return;
  const float patience_s = calibrate_seen_ > 0 ? p::kBoutGapS : p::kCalibrateWaitS;
  if (seconds_between(calibrate_us_, now_us) > patience_s) end_calibration();
}

/// Takes a level plane; `toe` need not be level.
void StrideMounting::adopt(const Vec3 &up, const Vec3 &toe) {
  level_up_ = up_ = up.unit({0, 0, 1});
  const Vec3 level = toe - level_up_ * toe.dot(level_up_);
  const Vec3 other = std::fabs(level_up_.x) < 0.7f ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  axes_.across = level.unit((other - level_up_ * other.dot(level_up_)).unit({1, 0, 0}));
  axes_.aside = level_up_.cross(axes_.across);
  up_known_ = true;
  other_strides_ = 0;
  turn_axis(0);
  forget_axis();
}

bool StrideMounting::moved(const RawStride &raw) {
  if (known_) return false;
  if (!up_known_) {
    adopt(raw.up, {1, 0, 0});
    fresh_ = true;
    return false;
  }
  constexpr float fits = p::kMountMovedCos;
  if (raw.up.dot(up_) > fits) {
    up_ = (up_ + (raw.up - up_) * p::kMountUpGain).unit(up_);
    other_strides_ = 0;
    return false;
  }
  const bool again = other_strides_ > 0 && raw.up.dot(other_up_) > fits &&
                     seconds_between(last_us_, raw.start_us) < p::kBoutGapS;
  other_strides_ = again ? other_strides_ + 1 : 1;
  other_up_ = raw.up;
  last_us_ = raw.end_us;
  if (other_strides_ < p::kMountMovedStrides) return false;
  adopt(raw.up, {1, 0, 0});
  fresh_ = true;
  return true;
}

float StrideMounting::heading(const RawStride &raw) const {
  const auto turned = [this](const Vec3 &v) -> Vec3 {
    return known_ ? v : Vec3{v.dot(axes_.across), v.dot(axes_.aside), v.dot(level_up_)};
  };
  // The shortest rotation that takes up to z takes the displacement along.
  const Vec3 up = turned(raw.up), moved = turned(raw.displacement);
  const float share = up.z > -0.999f ? (up.dot(moved) + moved.z) / (1.0f + up.z) : 0.0f;
  return wrap_angle(angle_of(moved.x - up.x * share, moved.y - up.y * share) - 0.5f * raw.yaw_rad);
}

float StrideMounting::toe_angle(float heading_rad) const {
  const bool flipped = sure_ != 0 ? sure_ < 0 : odds_ < 0;
  return wrap_angle(wrap_angle(heading_rad - axis_rad_) + (flipped ? kPi : 0.0f));
}

float StrideMounting::forwardness(const RawStride &raw, float heading_rad) const {
  if (!known_ || raw.displacement.norm2() < square(p::kMountClearStrideM)) return 0;
  const LeadingPitch pitch = raw.turn.leading(std::fabs(heading_rad) < 0.5f * kPi);
  if (!tells(pitch) || pitch.both_rad() < p::kMountPitchDeg * kRadPerDeg) return 0;
  Walk walk;
  walk.add(pitch);
  return walk.forwardness();
}

void StrideMounting::learn(const RawStride &raw, float heading_rad) {
  const bool watched = !std::exchange(fresh_, false);
  if (known_ || raw.displacement.norm2() < square(p::kMountStrideMinM)) return;
  if (calibrate_left_ > 0) return learn_calibration(raw, heading_rad);
  if (!watched) return;
  const float ahead = Heading::of(heading_rad - axis_rad_).cos;
  const bool off_axis = std::fabs(ahead) < p::kMountOffAxisCos;
  if (sure_ != 0 && off_axis) return doubt_axis(raw.turn, heading_rad);
  off_axis_strides_ = 0;
  const bool had_axis = axis_weight_ > 0;
  learn_axis(raw, heading_rad);
  const int lead = off_axis ? 0 : ahead > 0 ? 1 : -1;
  const bool in_step =
      lead != 0 && lead == last_lead_ && seconds_between(last_us_, raw.start_us) < p::kBoutGapS;
  last_lead_ = lead;
  last_us_ = raw.end_us;
  if (had_axis && in_step) weigh(raw.turn, lead > 0);
}

/// How much the swings turned about one level axis alone, 0 .. 1; those of side steps turn about two.
float StrideMounting::planar() const {
  const float share = 0.5f + 0.5f * std::sqrt(square(turn_cos2_) + square(turn_sin2_)) / axis_weight_;
  return std::clamp((share - p::kMountPlaneLow) / (p::kMountPlaneHigh - p::kMountPlaneLow), 0.0f, 1.0f);
}

/// Strides that go straight and turn about a level axis far show the axis best.
void StrideMounting::learn_axis(const RawStride &raw, float heading_rad) {
  constexpr float kYaw = p::kMountAxisYawDeg * kRadPerDeg;
  const float wide = std::clamp(raw.turn.sweep_deg2() * (1.0f / p::kMountAxisSweepDeg2), 0.0f, 1.0f);
  const float weight = wide / (1.0f + square(raw.yaw_rad * (1.0f / kYaw)));
  float turn_cos2 = 0, turn_sin2 = 0;
  raw.turn.axis(turn_cos2, turn_sin2);
  const auto mean = [weight](float &sum, float now) { sum = p::kMountAxisKeep * sum + weight * now; };
  mean(turn_cos2_, turn_cos2);
  mean(turn_sin2_, turn_sin2);
  const Heading course = Heading::of(heading_rad).twice();
  mean(course_cos2_, course.cos);
  mean(course_sin2_, course.sin);
  mean(axis_weight_, 1.0f);
  const float straight =
      (square(course_cos2_) + square(course_sin2_)) / square(axis_weight_ + p::kMountAxisDoubt);
  const float share = p::kMountAxisRotation * (1.0f + p::kMountAxisFloor - straight);
  // The foot turns about its left: the axis is a quarter turn away, so the doubled angle points opposite.
  const float axis = 0.5f * angle_of(course_cos2_ - share * turn_cos2_, course_sin2_ - share * turn_sin2_);
  const float step = wrap_angle(2.0f * (axis - axis_rad_)) * 0.5f;  // to the end nearer to the supposed toe
  turn_axis(wrap_angle(axis_rad_ + step));
}

/// Side steps leave a decided axis alone; but strides that go across it as only walking goes along one do
/// not.
void StrideMounting::doubt_axis(const MountingSwing &swing, float heading_rad) {
  float turn_cos2 = 0, turn_sin2 = 0;
  swing.axis(turn_cos2, turn_sin2);
  const Heading course = Heading::of(heading_rad).twice();
  const float along = -turn_cos2 * course.cos - turn_sin2 * course.sin;
  last_lead_ = 0;
  if (along < 2.0f * p::kMountPlaneHigh - 1.0f) return;
  if (++off_axis_strides_ >= p::kMountOffAxisStrides) forget_axis();
}

/// The axis as it is now is worth so many strides.
void StrideMounting::trust_axis(float strides) {
  const Heading course = Heading::of(axis_rad_).twice();
  course_cos2_ = strides * course.cos;
  course_sin2_ = strides * course.sin;
  turn_cos2_ = -course_cos2_;
  turn_sin2_ = -course_sin2_;
  axis_weight_ = strides;
}

void StrideMounting::forget_axis() {
  turn_cos2_ = turn_sin2_ = course_cos2_ = course_sin2_ = axis_weight_ = 0;
  off_axis_strides_ = 0;
  toe_leads_ = heel_leads_ = {};
  prior_ = odds_ = 0;
  told_ = false;
  sure_ = last_lead_ = 0;
}

void StrideMounting::turn_axis(float rad) {
  axis_rad_ = rad;
  const Heading toe = Heading::of(rad);
  axes_.left = axes_.aside * toe.cos - axes_.across * toe.sin;
  const auto whole = [](const Vec3 &axis) { return Whole3::of(axis, 1 << (kTurnBits - 4)) << 4; };
  watched_ = {whole(axes_.across), whole(axes_.aside), whole(axes_.left), false};
}

/// Lets the swing that just ended speak about the ends.
void StrideMounting::weigh(const MountingSwing &swing, bool toe_leads) {
  const LeadingPitch pitch = swing.leading(toe_leads);
  if (!tells(pitch)) return;
  const bool first = toe_leads_.strides + heel_leads_.strides <= 0;
  if (!first && std::fabs(wrap_angle(axis_rad_ - heard_axis_rad_)) > p::kMountAxisDriftDeg * kRadPerDeg) {
    toe_leads_ = heel_leads_ = {};
    prior_ = told_ ? prior_ : 0;
    heard_axis_rad_ = axis_rad_;
  }
  if (first) heard_axis_rad_ = axis_rad_;
  (toe_leads ? toe_leads_ : heel_leads_).add(pitch);
  if (!told_) {
    prior_ *= p::kMountPriorKeep;
    notice_change(toe_leads, planar());
  }
  decide();
}

/// Both ends can't be the toe: what was heard before a pod was turned is void.
void StrideMounting::notice_change(bool toe_leads, float one_plane) {
  Walk &now = toe_leads ? toe_leads_ : heel_leads_, &before = toe_leads ? heel_leads_ : toe_leads_;
  const float weaker = std::min(now.forward_odds(one_plane), before.forward_odds(one_plane));
  if (weaker < p::kMountChangeOdds) return;
  before = {};
  prior_ = 0;
}

void StrideMounting::Walk::add(const LeadingPitch &pitch) {
  constexpr float kKeep = 1.0f - 1.0f / p::kMountMemory;
  constexpr float kFloor = p::kMountRateFloorDps * kRadPerDeg;
  strides = strides * kKeep + 1.0f;
  down_rad = down_rad * kKeep + pitch.down_rad;
  up_rad = up_rad * kKeep + pitch.up_rad;
  rates = rates * kKeep +
          std::log((std::max(pitch.leave_rads, 0.0f) + kFloor) / (std::max(pitch.land_rads, 0.0f) + kFloor));
}

float StrideMounting::Walk::forwardness() const {
  if (strides <= 0) return 0;
  const float floor_rad = p::kMountPitchFloorDeg * kRadPerDeg * strides;
  return (down_rad - up_rad) / (down_rad + up_rad + floor_rad) + p::kMountRateWeight * rates / strides;
}

float StrideMounting::Walk::forward_odds(float planar) const {
  if (strides <= 0) return 0;
  const float pitch_deg = (down_rad + up_rad) / strides * kDegPerRad;
  const float wide = (pitch_deg - p::kMountLeanDeg) / (p::kMountPitchDeg - p::kMountLeanDeg);
  const float trust = std::clamp(wide, planar, 1.0f);
  const float weight = trust * p::kMountOddsPerScore * strides / (strides + p::kMountOddsStrides);
  const float odds = weight * (forwardness() - p::kMountEvenScore);
  return std::clamp(odds, -p::kMountOddsMax, p::kMountOddsMax);
}

void StrideMounting::decide() {
  const float strides = toe_leads_.strides + heel_leads_.strides;
  const float mostly =
      p::kMountForwardOdds * (toe_leads_.strides - heel_leads_.strides) / (strides + p::kMountOddsStrides);
  const float one_plane = strides > 0 ? planar() : 0.0f;
  odds_ = prior_ + mostly + toe_leads_.forward_odds(one_plane) - heel_leads_.forward_odds(one_plane);
  const int side = odds_ < 0 ? -1 : 1;
  const bool heard =
      strides >= static_cast<float>(p::kMountSureStrides) - 0.5f || std::fabs(prior_) >= p::kMountSureOdds;
  if (sure_ == 0 && heard && std::fabs(odds_) >= p::kMountSureOdds) {
    sure_ = side;
  } else if (sure_ != 0 && odds_ * static_cast<float>(sure_) < p::kMountDoubtOdds) {
    sure_ = 0;
  }
}

void StrideMounting::learn_calibration(const RawStride &raw, float heading_rad) {
  const Heading course = Heading::of(heading_rad);
  calibrate_cos_ += course.cos;
  calibrate_sin_ += course.sin;
  calibrate_us_ = raw.end_us;
  ++calibrate_seen_;
  if (--calibrate_left_ == 0) end_calibration();
}

/// Takes the mean direction for forward if the walk was one.
void StrideMounting::end_calibration() {
  calibrate_left_ = 0;
  const float least = p::kCalibrateAgreement * static_cast<float>(calibrate_seen_);
  const bool straight = square(calibrate_cos_) + square(calibrate_sin_) > square(least);
  if (calibrate_seen_ < p::kCalibrateMinStrides || !straight) return;
  turn_axis(angle_of(calibrate_cos_, calibrate_sin_));
  forget_axis();
  trust_axis(static_cast<float>(calibrate_seen_));
  told_ = true;
  prior_ = p::kMountToldOdds;
  decide();
}

float StrideMounting::confidence() const {
  return known_ ? 1.0f : 1.0f / (1.0f + std::exp(-std::fabs(odds_)));
}

bool StrideMounting::mounting(Mounting &out) const {
  if (known_) {
    out = {{0, 0, 1}, {1, 0, 0}, 1.0f, false};
    return true;
  }
  if (axis_weight_ <= 0) return false;
  const float sign = toe_angle(axis_rad_) > 1.0f || toe_angle(axis_rad_) < -1.0f ? -1.0f : 1.0f;
  const Vec3 end = axes_.left.cross(level_up_) * sign;
  const Vec3 toe = (end - up_ * end.dot(up_)).unit(end);
  out = {{up_.x, up_.y, up_.z}, {toe.x, toe.y, toe.z}, confidence(), told_};
  return true;
}

}  // namespace retrostep
