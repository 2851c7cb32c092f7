#pragma once

#include "shared/wire/codec_parts.h"

namespace zige::wire {

/// The fields of each kind of filing, behind the code of the kind: as many as kFields says.

template <class Body>
inline constexpr std::size_t kFields = 4;  // of those that are not named here
template <>
inline constexpr std::size_t kFields<DepartureFiling> = 3;
template <>
inline constexpr std::size_t kFields<UndoFiling> = 1;
template <>
inline constexpr std::size_t kFields<WindowFiling> = 3;
template <>
inline constexpr std::size_t kFields<RegistrationFiling> = 10;
template <>
inline constexpr std::size_t kFields<ChangeFiling> = 6;
template <>
inline constexpr std::size_t kFields<CommitmentFiling> = 2;
template <>
inline constexpr std::size_t kFields<AmendFiling> = 2;
template <>
inline constexpr std::size_t kFields<RehireFiling> = 3;
template <>
inline constexpr std::size_t kFields<DeathFiling> = 2;
template <>
inline constexpr std::size_t kFields<AliasFiling> = 3;
template <>
inline constexpr std::size_t kFields<DutySessionFiling> = 3;
template <>
inline constexpr std::size_t kFields<PresenceFiling> = 3;

void write_fields(Writer&, const DepartureFiling&);
void write_fields(Writer&, const UndoFiling&);
void write_fields(Writer&, const WindowFiling&);
void write_fields(Writer&, const RegistrationFiling&);
void write_fields(Writer&, const ChangeFiling&);
void write_fields(Writer&, const CommitmentFiling&);
void write_fields(Writer&, const AmendFiling&);
void write_fields(Writer&, const LeaveFiling&);
void write_fields(Writer&, const TransferFiling&);
void write_fields(Writer&, const RehireFiling&);
void write_fields(Writer&, const DeathFiling&);
void write_fields(Writer&, const AliasFiling&);
void write_fields(Writer&, const DutySessionFiling&);
void write_fields(Writer&, const PresenceFiling&);
void write_fields(Writer&, const LicenceLapseFiling&);
void write_fields(Writer&, const AppealFiling&);
void write_fields(Writer&, const RepairFiling&);
void write_fields(Writer&, const RestorationFiling&);

void read_fields(Reader&, DepartureFiling&);
void read_fields(Reader&, UndoFiling&);
void read_fields(Reader&, WindowFiling&);
void read_fields(Reader&, RegistrationFiling&);
void read_fields(Reader&, ChangeFiling&);
void read_fields(Reader&, CommitmentFiling&);
void read_fields(Reader&, AmendFiling&);
void read_fields(Reader&, LeaveFiling&);
void read_fields(Reader&, TransferFiling&);
void read_fields(Reader&, RehireFiling&);
void read_fields(Reader&, DeathFiling&);
void read_fields(Reader&, AliasFiling&);
void read_fields(Reader&, DutySessionFiling&);
void read_fields(Reader&, PresenceFiling&);
void read_fields(Reader&, LicenceLapseFiling&);
void read_fields(Reader&, AppealFiling&);
void read_fields(Reader&, RepairFiling&);
void read_fields(Reader&, RestorationFiling&);

}  // namespace zige::wire
