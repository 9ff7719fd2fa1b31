// One seed for every property test, so that a run tells of the change and not of chance. Others are tried by KONEKTOR_TEST_SEED.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['KONEKTOR_TEST_SEED'] ?? 20_260_101) });
