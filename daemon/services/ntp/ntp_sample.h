/* ntp_sample.h — one exchange with a time server, as four times, and what they
 * say of our clock: RFC 5905 §8. Pure. */
#ifndef NETLAB_SERVICES_NTP_SAMPLE_H
#define NETLAB_SERVICES_NTP_SAMPLE_H

#include <stdint.h>

/* Nanoseconds since 1970, UTC. */
struct ntp_sample {
	int64_t t1; /* the query left us: by our clock */
	int64_t t2; /* … came to the server: by its clock */
	int64_t t3; /* the answer left the server: by its clock */
	int64_t t4; /* … came to us: by our clock */
};

/*
 * The time that the timestamp STAMP stands for, rounded to a nanosecond. A
 * stamp does not say its era: of all the times that it may be, this is the one
 * within 68 years of NEAR_NS.
 */
int64_t ntp_sample_time(uint64_t stamp, int64_t near_ns);

/* The exchange that began at T1 and ended at T4, with the server's timestamps
 * in between, which are taken to be within 68 years of T1. */
struct ntp_sample ntp_sample(
    int64_t t1, uint64_t receive, uint64_t transmit, int64_t t4);

/* ((T2 - T1) + (T3 - T4)) / 2 in nanoseconds, rounded towards 0: how late our
 * clock is. */
int64_t ntp_sample_offset(const struct ntp_sample *sample);

/* (T4 - T1) - (T3 - T2) in nanoseconds: what the way there and back took. May
 * be negative: two clocks have measured it. */
int64_t ntp_sample_delay(const struct ntp_sample *sample);

#endif
