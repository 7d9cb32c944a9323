#pragma once
/// Every number the search for the mounting decides with: name, value, unit, why, source.
///
/// Sources: [M] measured on foot-worn recordings and their time-reversed copies, motion capture with real
/// backward walking, and generated walks (docs/accuracy.md); [D] by design.

namespace esphome::retrostep::parameters {

// --- what a stride must be to say anything about the mounting ----------------------------------------
constexpr float MOUNT_STRIDE_MIN_M = 0.20f;       // m: shorter ones point anywhere [M]
constexpr float MOUNT_ROTATION_MIN_DEG = 12.0f;   // °: both pitch swings together; a flat slide has none [M]
constexpr float MOUNT_ROTATION_MAX_DEG = 300.0f;  // °: more is a fall or broken samples [D]
// Of the rotation about one level axis: worth nothing up to Low, all from High; walks 0.80 to 0.98, side
// steps 0.65 to 0.80 [M].
constexpr float MOUNT_PLANE_LOW = 0.80f;
constexpr float MOUNT_PLANE_HIGH = 0.90f;
constexpr float MOUNT_LEAN_DEG =
    50.0f;  // °: pitch swings together; an ankle leans sideways no more than this ... [D]
constexpr float MOUNT_PITCH_DEG =
    70.0f;  // ... and from here it must be walking, in whatever plane [M: median 94]
constexpr float MOUNT_OFF_AXIS_DEG = 35.0f;  // °: displacement to the axis found; side steps are off [D]

// --- up ----------------------------------------------------------------------------------------------
constexpr float MOUNT_UP_GAIN = 0.1f;  // per stride: a walk's mean stance, over about 10 [M]
constexpr float MOUNT_MOVED_COS =
    0.9063f;  // cosine of 25°: gravity off by more, in stances of a walk, is another mounting [D]
constexpr float MOUNT_UPRIGHT_COS =
    0.64f;  // cosine of 50°: a pod whose mounting is known and that rests tipped by more is no foot's [D]
constexpr int MOUNT_MOVED_STRIDES = 3;  // such strides in a row [D]

// --- the axis from heel to toe -----------------------------------------------------------------------
constexpr float MOUNT_AXIS_KEEP = 0.94f;  // per stride: the axis forgets over about 16 strides [D]
constexpr int MOUNT_AXIS_LEARNED = 16;    // strides that an axis learned before is worth [D: as many]
constexpr float MOUNT_AXIS_SWEEP =
    32768.0f;  // (°/s)² s: a swing that turns so much shows the axis fully [M: a walk's, 70° of pitch]
constexpr float MOUNT_AXIS_YAW_DEG = 30.0f;  // °: a stride that turns so much shows half of the axis [M]
// Weight of the swings' rotation, which anatomy holds to 5°, against the displacements' 1: ... times what
// these lack of being straight (1 minus the square of their mean), plus ...; a walk's are straighter than
// any rotation, those of playing and dodging are spread over 60° [M].
constexpr int MOUNT_AXIS_ROTATION = 2;
constexpr float MOUNT_AXIS_FLOOR = 0.1f;
constexpr float MOUNT_AXIS_DOUBT = 0.5f;  // strides missing until that mean is trusted [D]

constexpr int MOUNT_OFF_AXIS_STRIDES =
    6;  // strides across a decided axis that turn as walking does: it is wrong [D]
constexpr float MOUNT_AXIS_DRIFT_DEG =
    40.0f;  // °: an axis off by more makes what was heard about its ends void [D]

// --- which end is the toe: log-odds, natural logarithm -------------------------------------------------
constexpr float MOUNT_PITCH_FLOOR_DEG = 5.0f;  // °: keeps tiny pitch swings from looking one-sided [M]
constexpr float MOUNT_RATE_FLOOR_DPS = 20.0f;  // °/s: the same for the rates [M]
constexpr float MOUNT_RATE_WEIGHT = 0.3f;      // of the rate ratio's logarithm beside the pitch asymmetry [M]
constexpr float MOUNT_EVEN_SCORE =
    0.07f;  // tells nothing: timid backward walks reach 0.15, forward ones 0.2 [M]
constexpr int MOUNT_ODDS_PER_SCORE = 25;    // 2 μ/σ² of the mean score of a walk: ±0.57, spread 0.2 [M]
constexpr float MOUNT_ODDS_STRIDES = 2.0f;  // strides until half the weight: the first ones are odd [M]
constexpr float MOUNT_ODDS_MAX = 6.0f;      // bound of one direction's evidence [D]
constexpr int MOUNT_MEMORY = 32;            // strides of one direction remembered [D]
constexpr float MOUNT_FORWARD_ODDS =
    0.3f;                                // most walking is forward, but a walker may do nothing but retro [D]
constexpr float MOUNT_SURE_ODDS = 3.5f;  // 97 %: strides are credited from here [M: no wrong end]
constexpr float MOUNT_CALIBRATED_ODDS =
    14.0f;  // what the walker said outweighs both directions' evidence [D]
constexpr float MOUNT_CHANGE_ODDS =
    5.5f;  // if both ends look like toes so much, the pod was turned meanwhile [D]
constexpr float MOUNT_DOUBT_ODDS = 0.5f;  // below this a decision is reconsidered [D]
constexpr int MOUNT_SURE_STRIDES = 3;     // at least so many strides have spoken [D]
constexpr int MOUNT_PRIOR_STRIDES = 50;   // strides after which what was learned before has faded [D]

// --- a known mounting the walk speaks against ------------------------------------------------------------
constexpr float MOUNT_CLEAR_STRIDE_M = 0.8f;    // m: shorter ones, at a walk's ends, pitch oddly [M]
constexpr float MOUNT_CONTRADICTION = 0.3f;     // mean forwardness of strides backward; real ones reach 0.1,
                                                // pods worn back to front 0.4 to 0.7 [M]
constexpr int MOUNT_CONTRADICTION_MEMORY = 10;  // strides over which that mean forgets [D]

// --- "I walk 8 steps forward now" ----------------------------------------------------------------------
constexpr int CALIBRATE_STRIDES = 4;         // 8 steps; the pod's foot makes half of them [D]
constexpr int CALIBRATE_MIN_STRIDES = 3;     // fewer before a pause settle nothing [D]
constexpr float CALIBRATE_AGREEMENT = 0.8f;  // length of the mean direction [D]
constexpr float CALIBRATE_WAIT_S = 60.0f;    // s until the walk must have begun [D]

// --- strides held back until the mounting is sure ------------------------------------------------------
constexpr int HELD_STRIDES = 64;       // 20 bytes each [D memory]
constexpr float HELD_MAX_S = 3000.0f;  // s: older ones are given up; their times are 32-bit microseconds [D]

}  // namespace esphome::retrostep::parameters
