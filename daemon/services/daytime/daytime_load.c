/* daytime_load.c — keys of section time → struct daytime_load_part. */
#include "services/daytime/daytime_load.h"

#include <string.h>

cfg_opt_t daytime_load_options[] = {
    CFG_STR("daytime_format", "ctime", CFGF_NONE),
    CFG_BOOL("daytime_local", cfg_false, CFGF_NONE),
    CFG_BOOL("require_sync", cfg_false, CFGF_NONE),
    CFG_END(),
};

static enum daytime_line_form
read_form(const struct service_load *load)
{
	static const char *const names[DAYTIME_LINE_FORMS] = {
	    [DAYTIME_LINE_CTIME] = "ctime",
	    [DAYTIME_LINE_SMTP] = "smtp",
	    [DAYTIME_LINE_ISO] = "iso",
	    [DAYTIME_LINE_NIST] = "nist",
	};
	const char *value = cfg_getstr(load->section, "daytime_format");

	for (unsigned i = 0; i < DAYTIME_LINE_FORMS; i++)
		if (strcmp(value, names[i]) == 0)
			return (enum daytime_line_form)i;
	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, load->section, "daytime_format", 0),
	    "'daytime_format' is one of ctime, smtp, iso, nist, not \"%s\"",
	    value);
	return DAYTIME_LINE_CTIME;
}

void
daytime_load(struct service_load *load)
{
	const struct daytime_load_part part = {
	    .form = read_form(load),
	    .is_local = cfg_getbool(load->section, "daytime_local"),
	    .is_sync_required = cfg_getbool(load->section, "require_sync"),
	};
	size_t at = image_writer_reserve(
	    load->image, sizeof(part), _Alignof(struct daytime_load_part));

	if (part.is_local && part.form == DAYTIME_LINE_NIST)
		conf_key_tell(service_load_key(load, "daytime_local"),
		    "has no place in the form \"nist\", which is of UTC");
	if (at == SIZE_MAX)
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
	else
		memcpy(image_writer_at(load->image, at), &part, sizeof(part));
}
