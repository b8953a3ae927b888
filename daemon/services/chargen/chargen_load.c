/* chargen_load.c — keys of section lab → struct chargen_stream_limits. */
#include "services/chargen/chargen_load.h"

#include "services/chargen/chargen_stream.h"
#include "services/chargen/chargen_text.h"

#include <string.h>

/* A connection shows whether a network flows; a hundred seconds of a tenth of
 * Fast Ethernet do. Who wants to fill a wire says so. */
enum {
	RATE = 1 << 20,    /* bytes a second */
	TOTAL = 100 << 20, /* bytes */
};

cfg_opt_t chargen_load_options[] = {
    CFG_INT("chargen_rate", RATE, CFGF_NONE),
    CFG_INT("chargen_total", TOTAL, CFGF_NONE),
    CFG_END(),
};

/* KEY's bytes: 0, no limit, or at least LEAST. */
static uint64_t
read_bytes(const struct service_load *load, const char *key, long least)
{
	long value = cfg_getint(load->section, key);

	if (value == 0 || value >= least)
		return (uint64_t)value;
	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, load->section, key, 0),
	    "'%s' is 0 (no limit) or at least %ld, not %ld", key, least, value);
	return 0;
}

void
chargen_load(struct service_load *load)
{
	const struct chargen_stream_limits limits = {
	    .rate = read_bytes(load, "chargen_rate", 1),
	    .total = read_bytes(load, "chargen_total", CHARGEN_TEXT_LINE),
	};
	size_t at = image_writer_reserve(load->image, sizeof(limits),
	    _Alignof(struct chargen_stream_limits));

	if (at == SIZE_MAX)
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
	else
		memcpy(
		    image_writer_at(load->image, at), &limits, sizeof(limits));
}
