#pragma once
/// Every number the stride core decides with: name, value, unit, why, source.
///
/// Sources: [M] measured on foot-worn recordings (docs/accuracy.md), [L] literature named beside it, [D] by
/// design.

#include "stride_math.h"

namespace retrostep::parameters {

// --- time -------------------------------------------------------------------------------------------
constexpr float kTickS = 0.009f;       // s: samples are gathered to at least this; 100 Hz stays as it is [D]
constexpr float kGapFactor = 2.5f;     // × usual dt: a longer dt is a gap ... [D]
constexpr float kGapMinS = 0.060f;     // s: ... but never a shorter one, polling loops jitter by 16 ms [D]
constexpr float kGapBridgeS = 0.105f;  // s: up to here the swing is interpolated, beyond the stride ends [D]

// --- stance -----------------------------------------------------------------------------------------
constexpr float kStanceWindowS = 0.100f;  // s: a stance is judged over this [M: shortest lively stances]
constexpr float kLeaveWindowS = 0.030f;   // s: leaving it is judged over this [M]
constexpr float kStancePeakShare =
    0.07f;                              // of the swing's peak rate: slow shuffles have quiet swings [M §0.3]
constexpr float kStanceMinDps = 8.0f;   // °/s: floor of that threshold [M]
constexpr float kStanceMaxDps = 60.0f;  // °/s: ceiling of it [M]
constexpr float kStanceDecayS = 0.4f;   // s: after a stride the threshold falls back to the floor [M]
constexpr float kStanceAccelSd = 1.5f;  // m/s²: largest deviation on any axis within the window [M]
constexpr float kStanceAccelError = 1.2f;    // m/s²: mean |a| against gravity [M]
constexpr float kLeaveAccel = 0.8f;          // m/s²: departure from the stance's mean; catches slides [M]
constexpr float kStanceSpeedBase = 0.25f;    // m/s: integrated speed a real stance may show ... [M]
constexpr float kStanceSpeedShare = 0.004f;  // m/s per °/s of the peak: ... more after a lively swing [M]
constexpr float kStanceSureS = 0.20f;        // s: quiet for so long is a stance whatever the speed says [M]

// --- swing ------------------------------------------------------------------------------------------
constexpr float kSwingMaxS = 4.0f;         // s: longer motion is no stride [M]
constexpr float kSwingMinS = 0.15f;        // s [M]
constexpr float kSwingMinPeakDps = 25.0f;  // °/s: less is a fidget [M]

// --- gyroscope bias: the strict rule; a loose one damages the result [M §1.3] --------------------------
constexpr float kBiasRestS = 1.0f;      // s of rest before the first update
constexpr float kBiasSpreadDps = 1.5f;  // °/s peak to peak within the stance window
constexpr float kBiasAccelSd = 0.08f;   // m/s²
constexpr float kBiasGain = 0.03f;      // per tick of 10 ms

// --- a stride -----------------------------------------------------------------------------------------
constexpr float kStrideMinM = 0.10f;        // m: shorter is shifting the weight [D: truth calls it none]
constexpr float kStrideMaxM = 2.6f;         // m [M: running]
constexpr float kStrideMinS = 0.25f;        // s [M]
constexpr float kStrideMaxS = 2.5f;         // s [M]
constexpr float kStrideMaxDrift = 1.8f;     // m/s²: residual speed per duration [M]
constexpr float kStrideMaxYawDeg = 120.0f;  // °: more is a turn on the spot [D]
constexpr float kStrideMaxDzM = 0.40f;      // m: two stair steps [M]
constexpr float kStrongYawDeg = 60.0f;      // °: up to here a stride proves its bout [D design §2]
constexpr float kStrongDzM = 0.20f;         // m: same [M]
constexpr float kForwardDeg = 50.0f;        // °: displacement to toe axis, up to here forward [D design §2]
constexpr float kBackwardDeg = 130.0f;      // °: from here backward [D design §2]

// --- streak -------------------------------------------------------------------------------------------
constexpr float kBoutGapS = 3.0f;  // s: a bout's strides are closer than this [D design §2]
constexpr int kBoutStrong = 2;     // strong strides of one direction make a bout [M]
constexpr int kBoutPending = 12;   // strides held back at most while a bout is not proven [D memory]

}  // namespace retrostep::parameters
