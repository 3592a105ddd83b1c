import account from './es/account.json' with { type: 'json' };
import act from './es/act.json' with { type: 'json' };
import adopted from './es/adopted.json' with { type: 'json' };
import against from './es/against.json' with { type: 'json' };
import alerts from './es/alerts.json' with { type: 'json' };
import amend from './es/amend.json' with { type: 'json' };
import audit from './es/audit.json' with { type: 'json' };
import bring from './es/bring.json' with { type: 'json' };
import certified from './es/certified.json' with { type: 'json' };
import chart from './es/chart.json' with { type: 'json' };
import check from './es/check.json' with { type: 'json' };
import coalition from './es/coalition.json' with { type: 'json' };
import coding from './es/coding.json' with { type: 'json' };
import correction from './es/correction.json' with { type: 'json' };
import counsel from './es/counsel.json' with { type: 'json' };
import coverage from './es/coverage.json' with { type: 'json' };
import data from './es/data.json' with { type: 'json' };
import dates from './es/dates.json' with { type: 'json' };
import draft from './es/draft.json' with { type: 'json' };
import elsewhere from './es/elsewhere.json' with { type: 'json' };
import fetching from './es/fetch.json' with { type: 'json' };
import frame from './es/frame.json' with { type: 'json' };
import given from './es/given.json' with { type: 'json' };
import home from './es/home.json' with { type: 'json' };
import identifier from './es/identifier.json' with { type: 'json' };
import instead from './es/instead.json' with { type: 'json' };
import invitation from './es/invitation.json' with { type: 'json' };
import join from './es/join.json' with { type: 'json' };
import key from './es/key.json' with { type: 'json' };
import law from './es/law.json' with { type: 'json' };
import library from './es/library.json' with { type: 'json' };
import life from './es/life.json' with { type: 'json' };
import lineage from './es/lineage.json' with { type: 'json' };
import lists from './es/lists.json' with { type: 'json' };
import loss from './es/loss.json' with { type: 'json' };
import names from './es/names.json' with { type: 'json' };
import newer from './es/newer.json' with { type: 'json' };
import packet from './es/packet.json' with { type: 'json' };
import pipeline from './es/pipeline.json' with { type: 'json' };
import place from './es/place.json' with { type: 'json' };
import program from './es/program.json' with { type: 'json' };
import protection from './es/protection.json' with { type: 'json' };
import reading from './es/reading.json' with { type: 'json' };
import record from './es/record.json' with { type: 'json' };
import redline from './es/redline.json' with { type: 'json' };
import remark from './es/remark.json' with { type: 'json' };
import reuse from './es/reuse.json' with { type: 'json' };
import review from './es/review.json' with { type: 'json' };
import shelf from './es/shelf.json' with { type: 'json' };
import suggestion from './es/suggestion.json' with { type: 'json' };
import takeout from './es/takeout.json' with { type: 'json' };
import template from './es/template.json' with { type: 'json' };
import upload from './es/upload.json' with { type: 'json' };
import watch from './es/watch.json' with { type: 'json' };
import write from './es/write.json' with { type: 'json' };

/** Every word of the interface in Spanish, one file for each part of the site; the keys say which. */
export const es = {
	...frame,
	...account,
	...act,
	...adopted,
	...certified,
	...amend,
	...life,
	...elsewhere,
	...against,
	...given,
	...home,
	...watch,
	...write,
	...chart,
	...reading,
	...record,
	...place,
	...lineage,
	...lists,
	...loss,
	...check,
	...coalition,
	...correction,
	...data,
	...counsel,
	...draft,
	...dates,
	...fetching,
	...invitation,
	...join,
	...names,
	...newer,
	...packet,
	...pipeline,
	...redline,
	...remark,
	...instead,
	...reuse,
	...review,
	...suggestion,
	...takeout,
	...template,
	...upload,
	...coding,
	...bring,
	...law,
	...library,
	...protection,
	...coverage,
	...shelf,
	...audit,
	...identifier,
	...alerts,
	...key,
	...program,
};
