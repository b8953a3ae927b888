/* dissect_ntp.c — an NTP packet, field by field. */
#include "client/dissect/dissect_ntp.h"

#include "client/dissect/dissect_ntp_behind.h"
#include "client/dissect/dissect_stamp.h"
#include "core/bytes.h"
#include "core/ntp_header.h"
#include "services/ntp/ntp_refid.h"

#include <inttypes.h>
#include <stdio.h>

static const char header_rfc[] = "RFC 5905 §7.3";

enum { VERSION_MAX = 4 };

/* RFC 5905 Figures 9 and 10. */
static const char *const leaps[] = {
    "no warning",
    "the last minute of the day has 61 seconds",
    "the last minute of the day has 59 seconds",
    "unknown: the clock is not synchronised",
};
static const char *const modes[] = {
    [NTP_HEADER_RESERVED] = "reserved",
    [NTP_HEADER_ACTIVE] = "symmetric active",
    [NTP_HEADER_PASSIVE] = "symmetric passive",
    [NTP_HEADER_CLIENT] = "client",
    [NTP_HEADER_SERVER] = "server",
    [NTP_HEADER_BROADCAST] = "broadcast",
    [NTP_HEADER_CONTROL] = "control message",
    [NTP_HEADER_PRIVATE] = "private use",
};

static void
put_flags(struct dissect *dissect, size_t at)
{
	unsigned flags = dissect->bytes.data[at];
	unsigned version = flags >> 3 & 7;

	dissect_field(dissect, STYLE_FLAGS, at, 1, "LI, VN, mode", header_rfc,
	    "0x%02x", flags);
	dissect_part(dissect, "Leap indicator", header_rfc, "%u", flags >> 6);
	dissect_means(dissect, "%s", leaps[flags >> 6]);
	dissect_part(dissect, "Version number", header_rfc, "%u", version);
	if (version == 0 || version > VERSION_MAX)
		dissect_means(dissect, "not one of NTP's, 1 to 4");
	dissect_part(dissect, "Mode", header_rfc, "%u", flags & 7);
	dissect_means(dissect, "%s", modes[flags & 7]);
}

static void
put_stratum(struct dissect *dissect, size_t at)
{
	unsigned stratum = dissect->bytes.data[at];

	dissect_field(
	    dissect, STYLE_COUNT, at, 1, "Stratum", header_rfc, "%u", stratum);
	if (stratum == 0)
		dissect_means(dissect, "unspecified");
	else if (stratum == 1)
		dissect_means(dissect, "primary server");
	else if (stratum <= NTP_HEADER_STRATUM_MAX)
		dissect_means(dissect, "secondary server");
	else if (stratum == NTP_HEADER_STRATUM_MAX + 1)
		dissect_means(dissect, "unsynchronised");
	else
		dissect_means(dissect, "reserved");
}

static void
put_poll(struct dissect *dissect, size_t at)
{
	int poll = (int8_t)dissect->bytes.data[at];

	dissect_field(
	    dissect, STYLE_COUNT, at, 1, "Poll", header_rfc, "%d", poll);
	if (poll > 0 && poll < 32)
		dissect_means(dissect, "every %" PRIu64 " s at most",
		    UINT64_C(1) << poll);
	else
		dissect_means(dissect, "2^%d s", poll);
}

static void
put_precision(struct dissect *dissect, size_t at)
{
	int precision = (int8_t)dissect->bytes.data[at];

	dissect_field(dissect, STYLE_COUNT, at, 1, "Precision", header_rfc,
	    "%d", precision);
	/* Half of 2^-30 s is where nanoseconds end. */
	if (precision < 0 && precision >= -30)
		dissect_means(dissect, "2^%d s, %.3f µs", precision,
		    1e6 / (double)(UINT64_C(1) << -precision));
	else
		dissect_means(dissect, "2^%d s", precision);
}

/* 16 bits of seconds, 16 bits of their fraction: RFC 5905 §6. */
static void
put_short(struct dissect *dissect, size_t at, const char *name)
{
	uint32_t value = bytes_get32be(dissect->bytes.data + at);

	dissect_field(dissect, STYLE_TTL, at, 4, name, header_rfc, "%.6f s",
	    value / 65536.0);
}

static void
put_root_delay(struct dissect *dissect, size_t at)
{
	put_short(dissect, at, "Root delay");
	dissect_means(dissect, "to the clock and back");
}

static void
put_root_dispersion(struct dissect *dissect, size_t at)
{
	put_short(dissect, at, "Root dispersion");
	dissect_means(dissect, "error bound");
}

static void
put_refid(struct dissect *dissect, size_t at)
{
	const uint8_t *packet = dissect->bytes.data + at - NTP_HEADER_REFID;
	unsigned stratum = packet[NTP_HEADER_STRATUM];
	uint32_t refid = bytes_get32be(dissect->bytes.data + at);
	char text[NTP_REFID_TEXT_MAX];

	dissect_field(dissect, STYLE_NAME, at, 4, "Reference ID",
	    stratum == 0 ? "RFC 5905 §7.4" : header_rfc, "%s",
	    ntp_refid_text(stratum, refid, text));
	dissect_means(dissect, "%s", ntp_refid_meaning(stratum, refid));
}

static void
put_stamp(
    struct dissect *dissect, size_t at, const char *name, const char *meaning)
{
	uint64_t stamp = bytes_get64be(dissect->bytes.data + at);
	char text[DISSECT_STAMP_MAX];

	dissect_field(dissect, STYLE_TTL, at, 8, name, "RFC 5905 §6",
	    "0x%016" PRIx64, stamp);
	if (stamp == 0) {
		dissect_means(dissect, "none");
		return;
	}
	dissect_means(dissect, "%s", meaning);
	dissect_part(dissect, "Date", "RFC 4330 §3", "%s",
	    dissect_stamp_text(dissect_stamp_time(stamp), text));
	if (stamp >> 63 == 0)
		dissect_means(dissect, "era 1");
}

static void
put_reference(struct dissect *dissect, size_t at)
{
	put_stamp(dissect, at, "Reference timestamp", "clock last set");
}

static void
put_origin(struct dissect *dissect, size_t at)
{
	put_stamp(dissect, at, "Origin timestamp", "T1, come back");
}

static void
put_receive(struct dissect *dissect, size_t at)
{
	put_stamp(dissect, at, "Receive timestamp", "T2: query arrived");
}

static void
put_transmit(struct dissect *dissect, size_t at)
{
	unsigned mode = dissect->bytes.data[at - NTP_HEADER_TRANSMIT] & 7;

	put_stamp(dissect, at, "Transmit timestamp",
	    mode == NTP_HEADER_SERVER ? "T3: answer left" : "T1: packet left");
}

struct part {
	size_t at, len;
	void (*put)(struct dissect *dissect, size_t at);
};

/* RFC 5905 Figure 8. */
static const struct part parts[] = {
    {NTP_HEADER_FLAGS, 1, put_flags},
    {NTP_HEADER_STRATUM, 1, put_stratum},
    {NTP_HEADER_POLL, 1, put_poll},
    {NTP_HEADER_PRECISION, 1, put_precision},
    {NTP_HEADER_ROOT_DELAY, 4, put_root_delay},
    {NTP_HEADER_ROOT_DISPERSION, 4, put_root_dispersion},
    {NTP_HEADER_REFID, 4, put_refid},
    {NTP_HEADER_REFERENCE, 8, put_reference},
    {NTP_HEADER_ORIGIN, 8, put_origin},
    {NTP_HEADER_RECEIVE, 8, put_receive},
    {NTP_HEADER_TRANSMIT, 8, put_transmit},
};

static void
put_line(struct dissect *dissect, const uint8_t *packet)
{
	unsigned mode = packet[NTP_HEADER_FLAGS] & 7;
	unsigned stratum = packet[NTP_HEADER_STRATUM];
	uint32_t refid = bytes_get32be(packet + NTP_HEADER_REFID);
	char text[NTP_REFID_TEXT_MAX];

	if (mode == NTP_HEADER_CLIENT)
		dissect_line(dissect, "NTP", "v%u client",
		    packet[NTP_HEADER_FLAGS] >> 3 & 7);
	else
		dissect_line(dissect, "NTP",
		    "v%u %s, leap %u, stratum %u, reference %s",
		    packet[NTP_HEADER_FLAGS] >> 3 & 7, modes[mode],
		    packet[NTP_HEADER_FLAGS] >> 6, stratum,
		    ntp_refid_text(stratum, refid, text));
}

static void
put_header(struct dissect *dissect, size_t at, size_t end)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t here = at + parts[i].at;

		if (parts[i].len > end - here) {
			dissect_bad(dissect, here, end - here, "Truncated",
			    "%zu of the header's %u bytes", end - at,
			    (unsigned)NTP_HEADER_LEN);
			dissect_line(dissect, "NTP", "truncated");
			return;
		}
		parts[i].put(dissect, here);
	}
	put_line(dissect, dissect->bytes.data + at);
	dissect_ntp_behind(dissect, at + NTP_HEADER_LEN, end,
	    dissect->bytes.data[at] >> 3 & 7);
}

/* The other modes and versions have headers of their own. */
static void
put_foreign(struct dissect *dissect, size_t at, size_t end)
{
	unsigned flags = dissect->bytes.data[at];
	unsigned mode = flags & 7, version = flags >> 3 & 7;
	const char *name = "of a version that we do not know";

	put_flags(dissect, at);
	if (mode == NTP_HEADER_CONTROL)
		name = "control message (RFC 9327)";
	else if (mode == NTP_HEADER_PRIVATE)
		name = "of ntpd's private use";
	dissect_line(dissect, "NTP", "v%u %s", version, modes[mode]);
	if (end - at > 1) {
		dissect_field(dissect, STYLE_DATA, at + 1, end - at - 1, "Data",
		    NULL, "%zu bytes", end - at - 1);
		dissect_means(dissect, "%s", name);
	}
}

static bool
is_foreign(unsigned flags)
{
	unsigned mode = flags & 7, version = flags >> 3 & 7;

	return mode == NTP_HEADER_CONTROL || mode == NTP_HEADER_PRIVATE ||
	       version == 0 || version > VERSION_MAX;
}

void
dissect_ntp(struct dissect *dissect, size_t at, size_t end)
{
	dissect_enter(
	    dissect, DISSECT_LAYER, at, end - at, "NTP packet", header_rfc);
	if (end > at && is_foreign(dissect->bytes.data[at]))
		put_foreign(dissect, at, end);
	else
		put_header(dissect, at, end);
	dissect_leave(dissect);
}
