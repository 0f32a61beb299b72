process.env.FEW_RUNS = '1';
