export * from '../consent/hashChain';
