/* dns_text_loc.c — the data of LOC (RFC 1876 §2, §3). Pure. */
#include "services/dns/dns_text_loc.h"

enum {
	DEGREE = 60 * 60 * 1000,      /* thousandths of a second of arc */
	ALTITUDE_BASE = 100000 * 100, /* cm below the reference */
	PRECISIONS = 3,               /* size, horizontal, vertical */
};

/* Counted from there are the equator and the prime meridian. */
static const int64_t origin = (int64_t)1 << 31;

/* CODED, thousandths of a second, as degrees, minutes, seconds. */
static bool
put_angle(struct dns_text *text, uint64_t coded, int64_t limit,
    const char directions[2])
{
	int64_t angle = (int64_t)coded - origin;
	uint64_t size = (uint64_t)(angle < 0 ? -angle : angle);

	if (size > (uint64_t)(limit * DEGREE))
		return false;
	dns_text_number(text, size / DEGREE);
	dns_text_char(text, ' ');
	dns_text_number(text, size / 60000 % 60);
	dns_text_char(text, ' ');
	dns_text_number(text, size / 1000 % 60);
	dns_text_char(text, '.');
	dns_text_digits(text, size % 1000, 3);
	dns_text_char(text, ' ');
	dns_text_char(text, directions[angle < 0]);
	dns_text_char(text, ' ');
	return true;
}

static void
put_metres(struct dns_text *text, uint64_t centimetres)
{
	dns_text_number(text, centimetres / 100);
	dns_text_char(text, '.');
	dns_text_digits(text, centimetres % 100, 2);
	dns_text_char(text, 'm');
}

static void
put_altitude(struct dns_text *text, uint64_t coded)
{
	int64_t altitude = (int64_t)coded - ALTITUDE_BASE;

	if (altitude < 0)
		dns_text_char(text, '-');
	put_metres(text, (uint64_t)(altitude < 0 ? -altitude : altitude));
}

/* CODED: a digit and a power of ten, in centimetres. A zero has one form only
 * that is read back. */
static bool
put_precision(struct dns_text *text, uint8_t coded)
{
	unsigned digit = coded >> 4, power = coded & 15;
	uint64_t size = digit;

	if (digit > 9 || power > 9 || (digit == 0 && power > 0))
		return false;
	while (power-- > 0)
		size *= 10;
	dns_text_char(text, ' ');
	put_metres(text, size);
	return true;
}

bool
dns_text_loc(struct dns_text *text, struct dns_text_rest *rest)
{
	uint64_t version, latitude, longitude, altitude;
	struct span precisions;

	if (!dns_text_field_integer(rest, 1, &version) || version != 0 ||
	    !dns_text_rest_take(rest, PRECISIONS, &precisions) ||
	    !dns_text_field_integer(rest, 4, &latitude) ||
	    !dns_text_field_integer(rest, 4, &longitude) ||
	    !dns_text_field_integer(rest, 4, &altitude) ||
	    !put_angle(text, latitude, 90, "NS") ||
	    !put_angle(text, longitude, 180, "EW"))
		return false;
	put_altitude(text, altitude);
	for (unsigned i = 0; i < PRECISIONS; i++)
		if (!put_precision(text, precisions.data[i]))
			return false;
	return true;
}
