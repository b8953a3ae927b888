/* ntp_sample.c — one exchange with a time server. */
#include "services/ntp/ntp_sample.h"

#include "core/era.h"

static const int64_t second_ns = 1000000000;

/* Rounded down, also before 1970. */
static int64_t
seconds_of(int64_t ns)
{
	return ns / second_ns - (ns % second_ns < 0);
}

int64_t
ntp_sample_time(uint64_t stamp, int64_t near_ns)
{
	int64_t near = seconds_of(near_ns);
	int32_t ahead = (int32_t)((uint32_t)(stamp >> 32) - era_seconds(near));
	uint64_t fraction = (stamp & UINT32_MAX) * (uint64_t)second_ns;

	return (near + ahead) * second_ns +
	       (int64_t)((fraction + (UINT64_C(1) << 31)) >> 32);
}

struct ntp_sample
ntp_sample(int64_t t1, uint64_t receive, uint64_t transmit, int64_t t4)
{
	return (struct ntp_sample){
	    .t1 = t1,
	    .t2 = ntp_sample_time(receive, t1),
	    .t3 = ntp_sample_time(transmit, t1),
	    .t4 = t4,
	};
}

/* Each difference is of 68 years at most, so that their sum is in range. */
int64_t
ntp_sample_offset(const struct ntp_sample *sample)
{
	return ((sample->t2 - sample->t1) + (sample->t3 - sample->t4)) / 2;
}

int64_t
ntp_sample_delay(const struct ntp_sample *sample)
{
	return (sample->t4 - sample->t1) - (sample->t3 - sample->t2);
}
