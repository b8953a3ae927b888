/* dissect_dns_tsig.c — the RDATA of TSIG. Pure. */
#include "client/dissect/dissect_dns_tsig.h"

#include "client/dissect/dissect_dns_data.h"
#include "client/dissect/dissect_dns_name.h"
#include "client/dissect/dissect_dns_time.h"
#include "services/dns/dns_code.h"

static const char tsig[] = "RFC 8945 §4.2";

static bool
put_number(struct dissect_dns_walk *walk, size_t end, enum style style,
    size_t size, const char *name, uint64_t *value)
{
	if (!dissect_dns_walk_take(walk, end, size, name, value))
		return false;
	dissect_field(walk->dissect, style, walk->at - size, size, name, tsig,
	    "%llu", (unsigned long long)*value);
	return true;
}

/* Bytes behind their length: a signature, and what BADTIME tells. */
static bool
put_counted(struct dissect_dns_walk *walk, size_t end, const char *length_name,
    const char *name)
{
	uint64_t len;

	if (!put_number(walk, end, STYLE_LENGTH, 2, length_name, &len))
		return false;
	if (len > end - walk->at) {
		dissect_bad(walk->dissect, walk->at, end - walk->at, name,
		    "truncated: %zu of %u bytes are there", end - walk->at,
		    (unsigned)len);
		walk->at = end;
		return false;
	}
	if (len > 0)
		dissect_dns_data_hex(walk, walk->at + len, name, tsig);
	return true;
}

static bool
put_fields(struct dissect_dns_walk *walk, size_t end)
{
	uint64_t value;

	if (!dissect_dns_name(walk, end, "Algorithm Name", tsig, NULL) ||
	    !put_number(walk, end, STYLE_TTL, 6, "Time Signed", &value))
		return false;
	if (value <= UINT32_MAX)
		dissect_dns_time_date(walk->dissect, (uint32_t)value);
	if (!put_number(walk, end, STYLE_TTL, 2, "Fudge", &value))
		return false;
	dissect_means(walk->dissect, "seconds that clocks may differ");
	if (!put_counted(walk, end, "MAC Size", "MAC") ||
	    !put_number(walk, end, STYLE_ID, 2, "Original ID", &value) ||
	    !put_number(walk, end, STYLE_FLAGS, 2, "Error", &value))
		return false;
	const char *error = dns_code_tsig_error((unsigned)value);

	if (error != NULL)
		dissect_means(walk->dissect, "%s", error);
	return put_counted(walk, end, "Other Len", "Other Data");
}

void
dissect_dns_tsig(struct dissect_dns_walk *walk, size_t end)
{
	if (put_fields(walk, end) && walk->at < end)
		dissect_bad(walk->dissect, walk->at, end - walk->at, "RDATA",
		    "bytes behind its last field");
	walk->at = end;
}
