/* ntp_json.c — what a time server said, as JSON. */
#include "client/ntp/ntp_json.h"
#include "client/dissect/dissect_stamp.h"
#include "client/member.h"
#include "client/ntp/ntp_print.h"
#include "services/ntp/ntp_refid.h"

#include <stdio.h>

/* ntpdig's words. */
static const char *const leaps[] = {
    [SYNC_LEAP_NONE] = "no-leap",
    [SYNC_LEAP_INSERT] = "add-leap",
    [SYNC_LEAP_DELETE] = "del-leap",
    [SYNC_LEAP_UNKNOWN] = "unsync",
};

static double
seconds_of(int64_t ns)
{
	return (double)ns / 1e9;
}

static double
seconds_of_short(uint32_t value)
{
	return value / 65536.0;
}

/* "2026-11-21T20:15:39.123457+0000": the server's time, as ntpdig has it in a
 * host of UTC. */
static void
put_time(json_t *object, const struct ntp_sample *sample)
{
	char text[DISSECT_STAMP_MAX], form[DISSECT_STAMP_MAX];

	dissect_stamp_text(sample->t3, text);
	snprintf(form, sizeof(form), "%.10sT%.15s+0000", text, text + 11);
	member_text(object, "time", form);
}

static void
put_times(json_t *object, const struct ntp_sample *sample)
{
	member_number(object, "t1", sample->t1);
	member_number(object, "t2", sample->t2);
	member_number(object, "t3", sample->t3);
	member_number(object, "t4", sample->t4);
}

json_t *
ntp_json(const char *host, const struct reach *reach, const struct ntp_ask *ask)
{
	const struct ntp_answer *answer = &ask->answer;
	json_t *object = json_object();
	char refid[NTP_REFID_TEXT_MAX], ip[ADDR_TEXT_MAX];

	ntp_refid_text(answer->stratum, answer->refid, refid);
	if (ntp_print_has_times(ask)) {
		put_time(object, &ask->sample);
		member_real(object, "offset",
		    seconds_of(ntp_sample_offset(&ask->sample)));
		member_real(object, "precision",
		    seconds_of(ntp_sample_delay(&ask->sample)) / 2 +
		        seconds_of_short(ntp_answer_distance(answer)));
	}
	member_text(object, "host", host);
	member_text(object, "ip", addr_format_host(&reach->peer, ip));
	member_number(object, "port", addr_port(&reach->peer));
	member_number(object, "version", answer->version);
	member_number(object, "stratum", answer->stratum);
	member_text(object, "leap", leaps[answer->leap]);
	member_flag(object, "adjusted", 0);
	member_text(object, "refid", refid);
	if (ask->kind == NTP_ANSWER_KISS)
		member_text(object, "kod", refid);
	if (ntp_print_has_times(ask)) {
		member_real(object, "delay",
		    seconds_of(ntp_sample_delay(&ask->sample)));
		member_real(
		    object, "rootdelay", seconds_of_short(answer->root_delay));
		member_real(object, "rootdisp",
		    seconds_of_short(answer->root_dispersion));
		put_times(object, &ask->sample);
	}
	return object;
}
