/* conf_key.c — what keys of netlabd.conf have in common. */
#include "core/conf_key.h"

unsigned
conf_key_line(struct conf_key key)
{
	return conf_line(key.conf, key.section, key.name, 0);
}

bool
conf_key_is_set(struct conf_key key)
{
	return conf_line(key.conf, key.section, key.name, CONF_KEY) != 0;
}

void
conf_key_tell(struct conf_key key, const char *what)
{
	conf_error(conf_report(key.conf), conf_file(key.conf),
	    conf_key_line(key), "'%s' %s", key.name, what);
}

uint32_t
conf_key_number(struct conf_key key, long least, long most)
{
	long value = cfg_getint(key.section, key.name);

	if (value >= least && value <= most)
		return (uint32_t)value;
	conf_error(conf_report(key.conf), conf_file(key.conf),
	    conf_key_line(key), "'%s' is from %ld to %ld, not %ld", key.name,
	    least, most, value);
	return (uint32_t)least;
}

void
conf_key_prefixes(struct conf_key key, struct settings_prefixes *out)
{
	unsigned count = cfg_size(key.section, key.name);

	for (unsigned i = 0; i < count; i++) {
		const char *text = cfg_getnstr(key.section, key.name, i);
		const char *fault =
		    out->count == SETTINGS_PREFIX_MAX
		        ? "there are more than 32"
		        : prefix_parse(text, &out->list[out->count]);

		if (fault == NULL) {
			out->count++;
			continue;
		}
		conf_error(conf_report(key.conf), conf_file(key.conf),
		    conf_line(key.conf, key.section, key.name, i),
		    "'%s': \"%s\": %s", key.name, text, fault);
		if (out->count == SETTINGS_PREFIX_MAX)
			return;
	}
}
